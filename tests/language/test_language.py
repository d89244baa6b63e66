"""Which language is chosen, how messages are found in a catalogue, and what is kept of texts."""

from __future__ import annotations

import gettext
from datetime import date
from pathlib import Path

import pytest

import seeds
from seeds.makers.languages import compiled, read
from sim.errors import LanguageError
from sim.language import (
    ENGLISH,
    _,
    asked_names,
    dates,
    language,
    language_name,
    language_named,
    language_of_system,
    languages,
    lists,
    name_of,
    ngettext,
    pgettext,
    text_cache,
    use,
)
from sim.language.catalogue import Catalogue, MessageFile, read_catalogue
from tui.cli.commands.status import parser
from tui.cli.main import EXIT_USAGE, main
from tui.config.chosen_language import chosen_language, without_language
from tui.config.settings import FILE_NAME, config_dir
from tui.drawing.memo import Memo

LANGUAGES = Path(seeds.__file__).parent / "languages"

RUSSIAN = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\\n"

msgid "{count} pass"
msgid_plural "{count} passes"
msgstr[0] "{count} пролёт"
msgstr[1] "{count} пролёта"
msgstr[2] "{count} пролётов"

msgctxt "weekday"
msgid "Sun"
msgstr "вс"

msgid "Sun"
msgstr "Солнце"
"""


def russian(folder: Path) -> Catalogue:
    """A language with three plural forms, made as a new one would be: of one file."""
    path = folder / "ru.po"
    path.write_text(RUSSIAN, "utf-8")
    return Catalogue([MessageFile(compiled(read(path, "ru"), "ru"))])


def test_english_message_is_its_text() -> None:
    assert (language(), _("paused"), ngettext("one", "many", 2)) == (ENGLISH, "paused", "many")


@pytest.mark.parametrize("text", ["zh", "zh_CN", "zh-cn", "zh_CN.UTF-8", "zh_Hans", "zh_SG"])
def test_language_is_found_by_every_name_of_its_locale(text: str) -> None:
    assert language_named(text) == "zh_CN"


@pytest.mark.parametrize("text", ["en", "en_GB.UTF-8", "EN"])
def test_english_is_found_by_every_locale_of_it(text: str) -> None:
    assert language_named(text) == ENGLISH


def test_language_without_catalogue_is_refused_with_those_there_are() -> None:
    with pytest.raises(LanguageError, match=r"“xx”; there are en, zh$"):
        language_named("xx")


def test_every_language_is_found_by_the_name_that_help_and_refusal_give() -> None:
    assert [language_named(name) for name in asked_names()] == [*languages()]
    assert f"language: {', '.join(asked_names())};" in parser().format_help()


def test_languages_with_several_catalogues_are_told_by_their_countries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.language.languages", lambda: ("en", "pt_BR", "pt_PT", "zh_CN"))
    assert asked_names() == ("en", "pt_BR", "pt_PT", "zh")


@pytest.mark.parametrize(
    ("environ", "found"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "zh_TW.UTF-8"}, "en"),  # another writing is not given unasked
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh_CN"),
    ],
)
def test_language_of_the_system_follows_its_variables(environ: dict[str, str], found: str) -> None:
    assert language_of_system(environ, platform="linux") == found


def test_option_wins_over_the_settings_and_these_over_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert chosen_language(None) == "zh_CN"
    config_dir().mkdir(parents=True)
    (config_dir() / FILE_NAME).write_text('language = "en"\n', "utf-8")
    assert chosen_language(None) == "en"
    assert chosen_language("zh") == "zh_CN"
    (config_dir() / FILE_NAME).write_text('language = "xx"\n', "utf-8")
    assert chosen_language(None) == "zh_CN"  # the wrong value is reported with the other settings


@pytest.mark.parametrize(
    ("line", "rest", "wanted"),
    [
        ("status --lang zh --at now", "status --at now", "zh"),
        ("--lang=zh status", "status", "zh"),
        ("serve -- --lang zh", "serve -- --lang zh", None),
        ("status --lang", "status --lang", None),
    ],
)
def test_option_may_stand_anywhere(line: str, rest: str, wanted: str | None) -> None:
    assert without_language(line.split()) == (rest.split(), wanted)


def test_wrong_language_on_the_command_line_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "xx", "crew"]) == EXIT_USAGE
    assert capsys.readouterr().err == "tiangong: there is no language “xx”; there are en, zh\n"


def test_command_is_written_in_the_language_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--lang", "zh", "status", "--offline", "--at", "2026-10-01"])
    assert "4.1 天" in capsys.readouterr().out


def test_languages_name_themselves() -> None:
    assert [name_of(code) for code in languages()] == ["English", "简体中文"]
    use("zh_CN")
    assert language_name() == "简体中文"
    assert [name_of(code) for code in languages()] == ["English", "简体中文"]


# ── catalogues ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", sorted(LANGUAGES.rglob("*.mo")), ids=lambda path: path.stem)
def test_every_message_is_what_the_standard_library_finds(path: Path) -> None:
    ours = MessageFile(path.read_bytes())
    with path.open("rb") as file:
        theirs = gettext.GNUTranslations(file)
    code = path.parent.name
    for message in read(path.with_suffix(".po"), code):
        if not message.id or not message.string:
            continue
        key = message.id if isinstance(message.id, str) else message.id[0]
        expected = theirs.pgettext(message.context, key) if message.context else theirs.gettext(key)
        if isinstance(message.id, str):
            context = f"{message.context}\x04" if message.context else ""
            found = ours.find(f"{context}{key}".encode())
            assert (found.decode() if found is not None else key) == expected


def test_message_that_no_catalogue_has_is_its_own_text() -> None:
    catalogue = read_catalogue("zh_CN")
    assert catalogue.text("no such message") == "no such message"
    assert catalogue.text("") == ""  # the key of the head of a catalogue
    assert catalogue.plural("{count} no such", "{count} no suches", 2) == "{count} no suches"


def test_language_of_one_file_with_three_plural_forms(tmp_path: Path) -> None:
    catalogue = russian(tmp_path)
    forms = [catalogue.plural("{count} pass", "{count} passes", n) for n in (1, 2, 5, 21)]
    assert forms == ["{count} пролёт", "{count} пролёта", "{count} пролётов", "{count} пролёт"]
    assert (catalogue.text("Sun"), catalogue.text("Sun", "weekday")) == ("Солнце", "вс")


def test_file_that_is_no_catalogue_is_refused() -> None:
    with pytest.raises(ValueError, match="not a compiled catalogue"):
        MessageFile(b"anything else, long enough")


# ── what is kept ──────────────────────────────────────────────────────────────────────────────


def test_kept_texts_are_those_of_the_language() -> None:
    calls: list[str] = []

    @text_cache(maxsize=4)
    def state(which: str) -> str:
        calls.append(which)
        return _("paused")

    memo: Memo[str] = Memo()
    seen = []
    for code in ("en", "zh_CN", "zh_CN", "en"):
        use(code)
        seen.append((state("x"), memo.get("key", lambda: _("paused"))))
    assert [first for first, _second in seen] == ["paused", "暂停", "暂停", "paused"]
    assert all(first == second for first, second in seen)
    assert len(calls) == 2


# ── days and lists ────────────────────────────────────────────────────────────────────────────


def test_days_are_written_as_each_language_writes_them() -> None:
    day = date(2026, 10, 8)
    written = {}
    for code in languages():
        use(code)
        written[code] = [dates.day(day), dates.day_of_year(day), dates.day_of_week(day), dates.month(day)]
    assert written == {
        "en": ["08 Oct 2026", "08 Oct", "Thu 08 Oct", "Oct 2026"],
        "zh_CN": ["2026年10月8日", "10月8日", "10月8日周四", "2026年10月"],
    }


def test_lists_are_written_as_each_language_writes_them() -> None:
    words = ["A", "B", "C"]
    assert lists.and_list(words) == "A, B and C"
    assert [lists.or_list(words[:n]) for n in range(4)] == ["", "A", "A or B", "A, B or C"]
    use("zh_CN")
    assert (lists.and_list(words), lists.comma_list(words), lists.or_list(words)) == ("A、B和C", "A、B、C", "A、B或C")
    assert lists.joined(["一。", "二。", "三。"]) == "一。二。三。"


def test_sentences_in_english_are_joined_by_blanks() -> None:
    assert lists.joined(["One.", "Two.", "Three."]) == "One. Two. Three."
    assert lists.joined([]) == ""


def test_senses_of_one_word_have_translations_of_their_own() -> None:
    use("zh_CN")
    assert pgettext("weekday", "Sun") == "周日"

"""Make `seeds/cities.tsv`: the cities of the world with 100 000 people and more, largest first.

    python -m seeds.makers.cities CITIES.tsv.gz

The input is a table derived from GeoNames (CC BY 4.0), with the columns name, country, admin1, lat, lon, population,
timezone and zh (Chinese names, semicolons between). What changes here: numbered districts of a city go, coordinates
keep four decimals (11 m), and of the Chinese names the simplified one stands first because it is the one shown; the
others stay for the search.
"""

from __future__ import annotations

import csv
import gzip
import re
import sys
from pathlib import Path

OUTPUT = Path(__file__).parent.parent / "cities.tsv"
COLUMNS = ("name", "country", "admin1", "latitude", "longitude", "population", "timezone", "zh")
_DISTRICT = re.compile(r"(Paris|Lyon|Marseille|Sector) \d")
_KANA = re.compile(r"[\u3040-\u30ff]")

_OTHER = (
    "爾馬亞納薩聖羅奧達諾維蘭魯庫萊盧烏貝圖東頓約內蘇韋岡島茲倫長華區錫蓋傑澤賈齊費謝橋宮喬紐貴濟門賓葉欽"
    "溫瑪戸寧沢豊興麥銀開貢広賴賀鶴戶倉園須龍萬義麗漢塚歐間勢賽別凱鎮陽徳順車臘邁竜崗熱錦來灘頭亀嶺靈灣慶"
    "綏徹孫揚連鐵飯見齋輔恵買紹崑綿會滿舖設饒幾渓頂聶營將軍営並姫緬歸済飾樂鶏晉湊鳳數裡鉄覇堯諫國勞黒禮廣"
    "館靜農訥渋銅吳鷹縣詩鈴鳥樹楊習場鎌雲釧帯櫚蔵塢劍沖縄郷焼龐諌謬實稲豐瀨佈員霧舊駒積綠掛鴻巣塩壢驪學環"
    "児壌"
)
_SIMPLIFIED = (
    "尔马亚纳萨圣罗奥达诺维兰鲁库莱卢乌贝图东顿约内苏韦冈岛兹伦长华区锡盖杰泽贾齐费谢桥宫乔纽贵济门宾叶钦"
    "温玛户宁泽丰兴麦银开贡广赖贺鹤户仓园须龙万义丽汉冢欧间势赛别凯镇阳德顺车腊迈龙岗热锦来滩头龟岭灵湾庆"
    "绥彻孙扬连铁饭见斋辅惠买绍昆绵会满铺设饶几溪顶聂营将军营并姬缅归济饰乐鸡晋凑凤数里铁霸尧谏国劳黑礼广"
    "馆静农讷涩铜吴鹰县诗铃鸟树杨习场镰云钏带榈藏坞剑冲绳乡烧庞谏谬实稻丰濑布员雾旧驹积绿挂鸿巢盐坜骊学环"
    "儿壤"
)
TO_SIMPLIFIED = str.maketrans(_OTHER, _SIMPLIFIED)
"""The characters of this table in their traditional or Japanese form, and the simplified ones."""

SHOWN_ZH = {
    ("CN", "Shenzhen"): "深圳",
    ("CN", "Chengdu"): "成都",
    ("CN", "Ganzhou"): "赣州",
    ("CN", "Putian"): "莆田",
    ("CN", "Luoyang"): "洛阳",
    ("CN", "Zhangjiagang"): "张家港",
    ("CN", "Jiangyin"): "江阴",
    ("CN", "Jiuquan"): "酒泉",
    ("CN", "Wenchang"): "文昌",
}
"""Where the table names a district, an old name or only the Japanese spelling first."""


def chinese_names(listed: str) -> list[str]:
    """The Chinese names in a list that also holds Japanese ones: the best to show first.

    Simplified Chinese is what GB 2312 can write; the ending 市 (city) is dropped where a name remains.
    """
    names: list[str] = []
    for name in listed.split(";"):
        bare = name.removesuffix("市") if len(name) > 2 else name
        if bare and not _KANA.search(bare) and bare not in names:
            names.append(bare)
    return sorted(names, key=lambda name: not _simplified(name))


def _simplified(name: str) -> bool:
    try:
        name.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def rows(source: Path) -> list[list[str]]:
    """The rows to write, largest city first."""
    with gzip.open(source, "rt", encoding="utf-8", newline="") as stream:
        records = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    made = []
    for record in sorted(records, key=lambda r: -int(r["population"])):
        if _DISTRICT.match(record["name"]):
            continue
        zh = chinese_names(record["zh"])
        shown = SHOWN_ZH.get((record["country"], record["name"]))
        if shown:
            zh = [shown, *(name for name in zh if name != shown)]
        elif zh and not _simplified(zh[0]):
            zh.insert(0, zh[0].translate(TO_SIMPLIFIED))
        made.append(
            [
                record["name"],
                record["country"],
                record["admin1"],
                f"{float(record['lat']):.4f}",
                f"{float(record['lon']):.4f}",
                record["population"],
                record["timezone"],
                ";".join(zh),
            ]
        )
    return made


def main(source: Path) -> None:
    """Write the seed."""
    table = [list(COLUMNS), *rows(source)]
    OUTPUT.write_text("".join("\t".join(row) + "\n" for row in table), encoding="utf-8")
    print(f"{len(table) - 1} cities, {OUTPUT.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""姓氏: which Chinese characters begin a person's name.

From   The family names in common use (百家姓 and the larger ones it lacks).
Takes  Two to four characters.
Gives  Whether they can be a name.
Never  Says that they are one: the sentence around them decides.
"""

from __future__ import annotations

import re

from zhenggai.kernel.text.pinyin import HAN

_SINGLE = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗"
    "凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米"
    "贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯"
    "昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢裴陆荣翁荀羊惠甄曲封芮储靳邴糜松井段富巫乌焦巴弓"
    "牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙"
    "池乔阴胥苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古"
    "易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关"
    "蒯相查后荆红游竺权逯盖益桓公肖付代邝覃闫佘粟蹇丘涂岳缑亢帅仝苟芦原候揭"
)
_DOUBLE = (
    "欧阳|司马|上官|诸葛|夏侯|东方|皇甫|尉迟|公孙|令狐|慕容|司徒|司空|端木|南宫|轩辕|长孙|宇文"
)
NAME = rf"(?:(?:{_DOUBLE})[{HAN}]{{1,2}}|[{_SINGLE}][{HAN}]{{1,2}})"
# Words that begin with a family name and stand where a name could stand.
_WORDS = re.compile(
    r"任[组职务]|包[案保联片干抓村]|高[度位质标]|和谐|成[员立效]|全[体市县区省面力程]|时任|单位|党[委组员政]|计划|"
    r"强[调化力]|通[报过知]|安[排全]|应[急当对]|组长|书记|主任|市长|县长|区长|相关|有关|别|公[示开布室安司众]|"
    r"都[要是应]|连[续日]|从[严速]|后[续期]|农[业村户]|空[气置]|水[利务源库污]|林[业长]|国[家土务资]|文[件明]|广[大泛]|"
    r"方[案面]|经[济费过]|明[确年]|支[持队]|关[于停闭]|向|那|相|居[民委]|利|司[法机]|暴[露雨]|时|满意|温度"
)
_PERSON = re.compile(NAME)


def may_be_name(words: str) -> bool:
    """Whether the words can be a person's name.

    Examples
    --------
    >>> may_be_name("李明"), may_be_name("包案"), may_be_name("推进")
    (True, False, False)
    """
    return bool(_PERSON.fullmatch(words)) and "等" not in words and not _WORDS.match(words)

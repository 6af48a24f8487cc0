//! Units of time and number words, as data.

use super::lexicon::Class::{self, *};

const MINUTE: f64 = 60.0;
const HOUR: f64 = 60.0 * MINUTE;
const DAY: f64 = 24.0 * HOUR;

/// Units with their seconds; none for those whose length depends on a calendar. `m` is always minutes.
pub(super) const UNITS: &[(Class, &str)] = &[
    (
        Unit(Some(0.001)),
        "ms, msec, millis, millisecond, milliseconds, milisegundos, millisecondes, millisekunden, milissegundos, millisecondi, millisekunder, milidetik, 毫秒, ミリ秒",
    ),
    (
        Unit(Some(1.0)),
        "s, sec, secs, second, seconds, seg, segs, segundo, segundos, seconde, secondes, sek, sekunde, sekunden, sekunder, sekund, secondo, secondi, detik, 秒, 秒钟, 秒間, 秒鐘, 초, giay, giây, сек, секунд, секунды, секунда, saniye, sekundy, sekuntia, masodperc",
    ),
    (
        Unit(Some(MINUTE)),
        "m, min, mins, minute, minutes, minuto, minutos, minuten, minuti, minut, minutter, minuter, mn, menit, 分, 分钟, 分鐘, 分間, 분, minuta, minuty, minuut, phut, phút, мин, минут, минуты, минута, хв, dakika, dk, minuuttia, perc, λεπτα",
    ),
    (
        Unit(Some(HOUR)),
        "h, hr, hrs, hs, hour, hours, hora, horas, heure, heures, stunde, stunden, std, ora, ore, time, timer, timar, tim, timmar, jam, uur, 小时, 小時, 時間, 个小时, 個小時, 时, 時, 시간, uren, godzina, godziny, godzin, saat, gio, giờ, ч, час, часа, часов, год, годин, години, godz, hodin, hodiny, tuntia, tunti, ora, ωρες",
    ),
    (
        Unit(Some(DAY)),
        "d, day, days, dia, dias, jour, jours, j, tag, tage, tagen, giorno, giorni, dag, dage, dager, dogn, hari, dagen, 天, 日, 日間, 일, dni, dzien, ngay, ngày, день, дня, дней, сут, сутки, суток, gun, paivaa, nap",
    ),
    (
        Unit(Some(7.0 * DAY)),
        "w, wk, wks, week, weeks, semana, semanas, semaine, semaines, woche, wochen, settimana, settimane, uge, uger, uke, uker, minggu, pekan, 周, 星期, 週, 週間, 个星期",
    ),
    (
        Unit(None),
        "month, months, mes, meses, mois, monat, monate, mese, mesi, maned, maneder, bulan, 个月, 個月, ヶ月, か月, quarter, quarters, year, years, ano, anos, annee, annees, jahr, jahre, anno, anni, tahun, 年, \
        working day, working days, business day, business days, working hour, working hours, business hour, business hours, office hours, workday, workdays, weekday, weekdays, bank day, bank days, \
        dia habil, dias habiles, dia laborable, dias laborables, horas habiles, horas laborables, jour ouvre, jours ouvres, jour ouvrable, jours ouvrables, heure ouvree, heures ouvrees, jour travaille, jours travailles, \
        werktag, werktage, werktagen, arbeitstag, arbeitstage, arbeitstagen, arbeitsstunden, geschaftstag, geschaftstage, dia util, dias uteis, horas uteis, giorno lavorativo, giorni lavorativi, ore lavorative, \
        arbejdsdag, arbejdsdage, arbeidsdag, arbeidsdager, virkedag, virkedager, hverdag, hverdage, hverdager, arbejdstimer, hari kerja, jam kerja, 个工作日, 工作日, 個工作日, 営業日, 営業時間, 工作小时, 个工作小时",
    ),
];

/// Number words; they count before a unit only.
pub(super) const NUMBERS: &[(Class, &str)] = &[
    (
        Number(0.5),
        "half a, half an, half, media, demi, une demi, halbe, eine halbe, einer halben, meia, mezza, mezz, mezzora, en halv, halv, setengah, 半, 半个, 半個",
    ),
    (
        Number(0.25),
        "a quarter of an, quarter of an, un quart d, un cuarto de, un quarto d, eine viertel, een kwart",
    ),
    (Number(0.75), "three quarters of an, tres cuartos de, trois quarts d"),
    (Number(0.0), "zero, cero, null, nul, nol, 零, ゼロ"),
    (
        Number(1.0),
        "one, a, an, a single, single, un, una, uno, une, ein, eine, einer, einem, um, uma, uno, un, et, en, ett, satu, 一",
    ),
    (Number(1.5), "one and a half, hora y media, anderthalb, eineinhalb, halvanden, halvannen"),
    (Number(2.0), "two, dos, deux, zwei, dois, duas, due, dua, 二, 两, 兩"),
    (Number(3.0), "three, tres, trois, drei, tre, tiga, 三"),
    (Number(4.0), "four, cuatro, quatre, vier, quatro, quattro, fire, empat, 四"),
    (Number(5.0), "five, cinco, cinq, funf, cinque, fem, lima, 五"),
    (Number(6.0), "six, seis, sechs, sei, seks, enam, 六"),
    (Number(7.0), "seven, siete, sept, sieben, sete, sette, syv, sju, tujuh, 七"),
    (Number(8.0), "eight, ocho, huit, acht, oito, otto, otte, atte, delapan, 八"),
    (Number(9.0), "nine, nueve, neuf, neun, nove, ni, sembilan, 九"),
    (Number(10.0), "ten, diez, dix, zehn, dez, dieci, ti, sepuluh, 十"),
    (Number(12.0), "twelve, doce, douze, zwolf, doze, dodici, tolv, dua belas, 十二"),
    (Number(15.0), "fifteen, quince, quinze, funfzehn, quindici, femten, lima belas, 十五"),
    (Number(16.0), "sixteen, dieciseis, seize, sechzehn, dezesseis, sedici, seksten, 十六"),
    (Number(18.0), "eighteen, dieciocho, dix huit, achtzehn, dezoito, diciotto, atten, 十八"),
    (Number(20.0), "twenty, veinte, vingt, zwanzig, vinte, venti, tyve, tjue, dua puluh, 二十"),
    (
        Number(24.0),
        "twenty four, veinticuatro, vingt quatre, vierundzwanzig, vinte e quatro, ventiquattro, fireogtyve, tjuefire, dua puluh empat, 二十四",
    ),
    (Number(30.0), "thirty, treinta, trente, dreissig, trinta, trenta, tredive, tretti, tiga puluh, 三十"),
    (Number(36.0), "thirty six, treinta y seis, trente six, sechsunddreissig"),
    (Number(40.0), "forty, cuarenta, quarante, vierzig, quarenta, quaranta, fyrre, forti"),
    (
        Number(45.0),
        "forty five, cuarenta y cinco, quarante cinq, funfundvierzig, quarenta e cinco, quarantacinque, 四十五",
    ),
    (
        Number(48.0),
        "forty eight, cuarenta y ocho, quarante huit, achtundvierzig, quarenta e oito, quarantotto, 四十八",
    ),
    (Number(60.0), "sixty, sesenta, soixante, sechzig, sessenta, sessanta, seksti, 六十"),
    (
        Number(72.0),
        "seventy two, setenta y dos, soixante douze, zweiundsiebzig, setenta e duas, settantadue, 七十二",
    ),
    (Number(90.0), "ninety, noventa, quatre vingt dix, neunzig, noventa, novanta, halvfems, nitti, 九十"),
    (RangeWord, "to, a, bis, til, till, sampai, hingga, ate, until, 到, 至, から"),
    (BetweenWord, "between, from, entre, de, da, tra, fra, zwischen, von, mellom, mellem, antara, dari"),
    (AndWord, "and, y, et, und, e, ed, og, dan, 又, 零"),
];

//! The words that documents use around recovery objectives, as data: one row a class and language family.
//!
//! Entries are separated by commas. Case, accents and hyphens do not matter; a text without spaces between
//! words (Chinese, Japanese) is matched by the character. Units and numbers stand in [`units`](super::units).

use super::lexicon::Class::{self, *};
use crate::model::fact::{Objective::*, Role::*};

/// Every class with its words.
pub(super) const WORDS: &[(Class, &str)] = &[
    (Kind(Rto), RTO),
    (Kind(Rpo), RPO),
    (Kind(Mtd), MTD),
    (Says(Target), TARGET),
    (Says(Actual), ACTUAL),
    (Says(Unspecified), NEITHER),
    (Bound, BOUND),
    (Link, LINK),
    (Join, "/, and, or, nor, and/or, &, +, y, e, et, und, og, ed, dan, och, 和, と, 及, 与, および"),
    (
        Preposition,
        "for, in, on, per, with, when, from, via, during, pour, en cas, avec, para, con, em, com, fur, bei, mit, nach, untuk, ved",
    ),
    (Condition, CONDITION),
    (
        Example,
        "eg, for example, for instance, such as, zb, zum beispiel, par exemple, por ejemplo, por exemplo, ad esempio, f eks, misalnya, contoh, 例如, 例えば",
    ),
    (
        Advice,
        "use, consider, choose, deploy, implement, require, requires, required, need, needs, add, enable, upgrade, switch to, migrate, increase, reduce, shorten, improve, usar, utiliser, verwenden, 使用, 采用",
    ),
    (Frequency, FREQUENCY),
    (NotALabel, NOT_A_LABEL),
    (
        NotAGap,
        "exceeded, exceeds, exceed, exceeding, breached, breaches, missed, misses, violates, violated, over, beyond, against, vs, versus, before, after, than, outside, and, or, but, without, meets, met, meet, toward, towards",
    ),
    (Soft, SOFT),
    (Nothing, NOTHING),
    (
        Inapplicable,
        "n/a, not applicable, no aplica, non applicable, sans objet, nicht anwendbar, entfallt, nicht zutreffend, nao se aplica, nao aplicavel, non applicabile, ikke relevant, ikke aktuelt, tidak berlaku, 不适用, 該当なし, 対象外",
    ),
    (NoLoss, NO_LOSS),
    (
        Undefined,
        "neither, nor, do not have, does not have, dont have, doesnt have, no, not, without, have no, has no, there is no, lacks, never, yet to",
    ),
    (
        Formal,
        "defined, formal, documented, official, agreed, formally defined, established, specified, set, stated",
    ),
    (Filler, FILLER),
    (Generic, GENERIC),
    (
        Restored,
        "restore, restored, recover, recovered, recovery, resume, resumed, back, online, operational, available, lose, lost, loss, tolerate, tolerated, acceptable, down, downtime, outage, unavailable",
    ),
    (Dismissed, DISMISSED),
    (
        StrategyColumn,
        "cost, costs, price, pricing, complexity, typical rto, typical rpo, industry, sector, vertical, replication method, replication type, dr strategy, dr pattern, coste, costo, cout, kosten, custo, complexite, complejidad, komplexitat, branche, secteur, 成本, 费用, 行业, コスト",
    ),
    (
        Strategy,
        "pilot light, warm standby, hot standby, cold standby, active active, active passive, multi site, backup and restore, backup & restore, backup/restore, cold site, warm site, hot site, multi region active",
    ),
    (
        Approach,
        "strategy, strategies, approach, option, options, method, technique, pattern, solution, backup type, type, strategie, estrategia, strategia, metodo, methode, verfahren, chiến lược, 策略, 方案, 方式, 方法, 戦略, 手法",
    ),
    (Asset, "configuration, configurations, config, code, monitoring, alerts, contacts, tests, policy file"),
    (
        Report,
        "report, reports, complete, completed, completion, week, sprint, milestone, changelog, release notes, progress, audit, assessment, checklist, review, retrospective, postmortem, post mortem, roadmap, implementation, deliverables, readiness, informe, rapport, bericht, relatorio",
    ),
    (Cost, "cost, costs, price, pricing, coste, costo, cout, kosten, custo"),
    (
        Suitability,
        "use case, use cases, suitable for, suitable cases, suited for, suited to, best for, ideal for, ideal use, when to use, when it fits, good for, use when, pros, cons, recommended for, typical use, trade off, tradeoff, adecuado para, ideal para, convient pour, geeignet fur, indicado para, adatto a, 适用场景, 适用于, 適用, 優點, 优点, 缺点",
    ),
    (
        Reported,
        "said, says, claims, claimed, claim, told, asks, asked, wrote, reads, believed, believes, alleged, promised, assumed, thought, pretends, complained, argued, reported that, dice, dijo, decia, dit, disait, affirme, sagte, behauptet, diz, disse, dice che",
    ),
    (
        Hypothetical,
        "cannot be, can not be, choose, choosing, pick, select, consider, means, implies, would, could, might, would have, could have, should have, imagine, suppose, podria, pourrait, konnte, poderia, potrebbe, 可能",
    ),
    (
        Past,
        "was, were, used to be, had been, had, previously, formerly, originally, era, etait, war, ersatte",
    ),
    (
        Former,
        "until, till, before, old, previous, former, prior, legacy target, hasta, anterior, antiguo, jusqu en, ancien, precedent, bis, bisher, bisherige, fruher, alt, precedente, vorige, 旧, 以前",
    ),
    (
        Now,
        "since, now, today, nowadays, since then, ahora, hoy, desormais, maintenant, jetzt, heute, nun, agora, hoje, ora, oggi, 现在, 現在",
    ),
    (
        Ours,
        "our, ours, us, this project, this system, this platform, selected, chosen, nuestro, nuestra, notre, nos, unser, unsere, nosso, nossa, il nostro, vores, var, kami, 我们, 当社, 自社",
    ),
    (
        ValueColumn,
        "value, values, time, objective, requirement, sla, slo, commitment, limit, threshold, maximum, max, agreed, valor, valeur, wert, valore, verdi, nilai, 值, 値, 要求",
    ),
    (NotesColumn, NOTES),
    (
        ScopeColumn,
        "environment, env, environments, region, tier, scenario, service, application, system, component, entorno, environnement, umgebung, ambiente, miljo, lingkungan, 环境, 環境",
    ),
    (
        Foreign(Rto),
        "return to office, return to origin, return to operations, return to owner, retransmission, retransmit, retransmitted, srtt, registered training, regional transport, regional transmission, request to offer, rent to own, ready to operate, real time operating, resistance to",
    ),
    (
        Foreign(Mtd),
        "month to date, ytd, year to date, qtd, make to order, made to order, material take off, material takeoff, maximum allowable offer, maximum available, mean time to, mail transfer, manual therapy, military transport, machine type, meldung, message to",
    ),
    (
        Foreign(Rpo),
        "recruitment process, recruiting process, reverse post order, reverse postorder, regional planning, regional program, rural post, range proof, representative payee organization",
    ),
];

const MTD: &str = "mtd, mtds, mtpd, mtpod, mto, mao, maximum tolerable downtime, maximum tolerable down time, maximum tolerable outage, maximum tolerable period of disruption, \
    maximum tolerable period of downtime, maximum tolerable outage time, maximum tolerated downtime, maximum allowable downtime, maximum allowable outage, maximum acceptable outage, max tolerable downtime, max tolerable outage, max allowable downtime, rto + wrt, \
    maximal tolerierbare ausfallzeit, maximal tolerierbarer ausfall, maximale tolerierbare ausfallzeit, tiempo maximo tolerable de inactividad, tiempo maximo de inactividad tolerable, periodo maximo tolerable de interrupcion, duree maximale d interruption tolerable, tempo massimo tollerabile di fermo, tempo maximo toleravel de parada";

const RTO: &str = "rto, rtos, recovery time objective, recovery time objectives, recovery time target, recovery time goal, objective recovery time, \
    objetivo de tiempo de recuperacion, objetivos de tiempo de recuperacion, tiempo de recuperacion objetivo, tiempo objetivo de recuperacion, \
    objectif de temps de reprise, objectif de delai de reprise, objectif de temps de recuperation, objectif de delai de recuperation, temps de reprise objectif, delai de reprise objectif, duree maximale d interruption admissible, dmia, \
    wiederherstellungszeitziel, wiederherstellungszeit ziel, wiederanlaufziel, ziel wiederherstellungszeit, zielwiederherstellungszeit, wiederherstellungszeit ziel, \
    objetivo de tempo de recuperacao, tempo objetivo de recuperacao, tempo de recuperacao objetivo, \
    obiettivo di tempo di ripristino, obiettivo di tempo di recupero, tempo obiettivo di ripristino, \
    gjenopprettingstidsmal, genopretningstidsmal, mal for gjenopprettingstid, mal for genopretningstid, \
    target waktu pemulihan, tujuan waktu pemulihan, sasaran waktu pemulihan, \
    恢复时间目标, 恢復時間目標, 復原時間目標, 复原时间目标, 目標復旧時間, 復旧時間目標, 目標復旧タイム, 復旧目標時間, 目标恢复时间, 恢复目标时间, 복구 시간 목표, 복구 목표 시간, 목표 복구 시간, wiederanlaufzeit, hersteltijddoelstelling, docelowy czas odzyskiwania";

const RPO: &str = "rpo, rpos, recovery point objective, recovery point objectives, recovery point target, recovery point goal, objective recovery point, \
    objetivo de punto de recuperacion, objetivos de punto de recuperacion, punto de recuperacion objetivo, punto objetivo de recuperacion, \
    objectif de point de reprise, objectif de point de recuperation, point de reprise objectif, perte de donnees maximale admissible, pdma, \
    wiederherstellungspunktziel, wiederherstellungspunkt ziel, \
    objetivo de ponto de recuperacao, ponto objetivo de recuperacao, ponto de recuperacao objetivo, \
    obiettivo di punto di ripristino, obiettivo del punto di ripristino, obiettivo di punto di recupero, \
    gjenopprettingspunktmal, genopretningspunktmal, mal for gjenopprettingspunkt, \
    target titik pemulihan, tujuan titik pemulihan, sasaran titik pemulihan, \
    恢复点目标, 恢復點目標, 復原點目標, 复原点目标, 目標復旧時点, 目標復旧地点, 復旧時点目標, 目標復旧ポイント, 目标恢复点, 恢复目标点, 복구 시점 목표, 복구 목표 시점, 목표 복구 시점, 복구 지점 목표, maximal zulassiger datenverlust, maximal tolerierbarer datenverlust, zulassiger datenverlust, herstelpuntdoelstelling, docelowy punkt odzyskiwania";

const TARGET: &str = "target, targets, targeted, goal, goals, aim, cible, cibles, vise, visee, objetivo, objetivos, meta, metas, ziel, ziele, zielwert, sollwert, \
    obiettivo, obiettivi, mal, malsaetning, malsetning, sasaran, doel, mal, hedef, цель, целевой, целевое, 目标, 目標, 목표";

const ACTUAL: &str = "actual, actuals, actually, measured, achieved, observed, validated, real, current rto, current rpo, current state, current status, current capability, current capabilities, current performance, current value, current values, as is, last measured, demonstrated, results, recorded, \
    mesure, mesuree, constate, constatee, reel, reelle, atteint, medido, medida, observado, alcanzado, logrado, gemessen, tatsachlich, erreicht, istwert, ist wert, \
    alcancado, atingido, misurato, misurata, effettivo, effettiva, raggiunto, malt, faktisk, opnaet, oppnadd, aktual, terukur, tercapai, etat actuel, ist zustand, estado actual, estado atual, stato attuale, nuvaerende, navaerende, 实际, 實際, 实测, 达成, 现状, 当前, 実績, 実測, 実際, 現状, 실제, 실측, 측정값, факт, фактический, фактическое, gerceklesen";

const NEITHER: &str = "real time, real world, expected, estimated, estimate, pilot, maximum acceptable, max acceptable, anticipated, projected, planned, proposed, esperado, estimado, estimada, piloto, attendu, estime, erwartet, geschatzt, previsto, stimato, forventet, estimeret, estimert, perkiraan, 预计, 预期, 予想, 想定, 見込み, 예상, 추정";

const BOUND: &str = "about, approx, approximately, around, roughly, circa, ca, c, under, below, less than, fewer than, lower than, no more than, not more than, not exceeding, not to exceed, not exceed, within, in under, in less than, up to, at most, max, maximum, \
    maximum of, a maximum of, min, minimum, at least, more than, over, typically, usually, currently, only, just, worst case, best case, better than, as low as, \
    maximo, maxima, como maximo, un maximo de, menos de, hasta, dentro de, en menos de, no mas de, aproximadamente, unas, unos, inferior a, menor a, menor que, \
    moins de, moins d, en moins d, plus de, jusqu a, environ, au plus, au maximum, maximal, maximale, inferieur a, inferieure a, sous, dans les, en moins de, a peu pres, \
    unter, weniger als, maximal, hochstens, bis zu, innerhalb, innerhalb von, binnen, etwa, rund, ungefahr, kleiner als, \
    ate, no maximo, cerca de, abaixo de, em ate, em menos de, meno di, entro, massimo, al massimo, fino a, inferiore a, minore di, \
    mindre end, mindre enn, op til, opp til, maks, hojst, hoyst, inden for, innen, omkring, omtrent, \
    kurang dari, maksimal, hingga, dalam, sekitar, paling lama, kira kira, di bawah, \
    小于, 少于, 不超过, 低于, 最多, 最大, 最长, 约, 大约, 约为, 不大于, 以内, 内, 小於, 不超過, 約, 最長, 至多, およそ, 最短, 약, 최대, 이내, 이하, 미만, 전체, a, an, the";

const LINK: &str = "limited to, capped at, restricted to, reduced to, shall, must, should, will, has, have, of, is, are, was, were, be, to, at, set, set at, set to, should be, must be, will be, shall be, equals, equal to, stands at, remains, approx, targeted at, defined as, commits to, \
    de, del, es, es de, sera, son, est, est de, sera de, fixe a, sont, von, ist, betragt, liegt bei, sind, sollte, do, e de, sao, di, e, er, pa, satt til, adalah, sebesar, yaitu, ialah, 为, 是, 為, は, が, の, を";

const CONDITION: &str = "if, when, where, unless, whether, assuming, once, whenever, services with, systems with, workloads with, applications with, tiers with, services whose, \
    systems whose, service with, system with, si, cuando, lorsque, quand, wenn, falls, sofern, se, quando, hvis, nar, dersom, jika, bila, kalau, apabila, 如果, 若, 当, 如, もし";

const FREQUENCY: &str = "every, each, daily, hourly, weekly, monthly, nightly, quarterly, retention, retain, retained, kept, interval, frequency, schedule, scheduled, cada, toutes les, tous les, chaque, alle, jede, jeden, ogni, todo, toda, todos, todas, hver, hvert, setiap, tiap, 每, 毎, last, took, takes, lasted, after, ago";

const NOT_A_LABEL: &str = "drill, drills, date, code, test, tests, testing, tested, exercise, duration, status, met, meets, missed, review, reviewed, configuration, config, breach, breached, breaches, exceeded, exceeds, impact, compliance, compliant, \
    calculation, calculator, calculated, verification, check, checks, gap, partner, office, id, number, phone, contact, owner, field, fields, column, columns, type, types, alert, alerts, monitoring, policy file, timer, backoff, \
    frequency, interval, retention, schedule, fecha, prueba, datum, essai, teste, prova";

const SOFT: &str = "best effort, best endeavours, near zero, near 0, near instant, near instantaneous, near real time, almost zero, almost none, close to zero, minimal, negligible, very low, lowest possible, flexible, immediate, immediately, instant, instantaneous, instantly, asap, as soon as possible, \
    real time, realtime, continuous, depends, depend, dependent, depending, varies, variable, vary, last, latest, previous, most recent, few, several, some, a few, couple, a couple of, same day, same business day, next day, next business day, overnight, sub second, subsecond, sub minute, \
    not critical, non critical, low priority, as needed, within sla, no guarantee, none guaranteed, \
    mejor esfuerzo, inmediato, inmediata, casi cero, cercano a cero, depende, variable, ultimo, ultima, pocos, pocas, unos pocos, algunas, algunos, varias, minima, \
    meilleur effort, au mieux, immediat, immediate, quasi nul, quasi nulle, proche de zero, derniere, dernier, quelques, plusieurs, variable, depend, minimale, \
    sofort, unmittelbar, nahezu null, nahe null, letzte, letztes, letzter, letzten, wenige, einige, mehrere, abhangig, variiert, bestmoglich, nach aufwand, \
    melhor esforco, imediato, imediata, quase zero, proximo de zero, ultimo, algumas, alguns, poucos, poucas, varia, \
    immediato, immediata, quasi zero, prossimo a zero, ultimo, ultima, alcune, alcuni, pochi, poche, dipende, variabile, miglior sforzo, massimo impegno, \
    umiddelbart, ojeblikkelig, oyeblikkelig, naer nul, naer null, seneste, siste, noen, noen fa, nogle, nogle fa, fa, afhaenger, avhenger, varierer, \
    segera, mendekati nol, terakhir, beberapa, tergantung, bervariasi, upaya terbaik, seketika, \
    尽力而为, 尽快, 立即, 实时, 接近零, 近零, 几乎为零, 趋近于零, 上次, 最近一次, 最后一次, 取决于, 视, 数分钟, 数小时, 几分钟, 几小时, 最新备份, \
    ベストエフォート, 即時, 即座, ほぼゼロ, 限りなくゼロ, 直近, 前回, 最新, 数分, 数時間, 状況による, 可能な限り, 直前";

const NOTHING: &str = "tbd, tba, tbc, tbr, todo, fixme, wip, tk, xx, xxx, xxxx, to be determined, to be defined, to be confirmed, to be decided, to be agreed, to be set, to be completed, to be filled, to be announced, to be measured, to be tested, to be established, to do, undefined, unknown, unspecified, pending, not yet, not yet agreed, not yet decided, not yet defined, not yet determined, not yet documented, not yet known, not yet measured, not yet set, not yet specified, \
    not defined, not set, not specified, not documented, not determined, not established, not agreed, not available, not measured, not tested, not validated, not formally defined, not currently defined, not stated, has not been defined, has not been set, have not been defined, have not been set, has not been agreed, has not been determined, has not been documented, not been agreed, not been defined, not been set, not been determined, not been established, not been documented, not been measured, not been tested, not yet tested, not yet validated, not yet achieved, not yet proven, not proven, not yet been agreed, not yet been defined, not yet been set, not yet been measured, have not been agreed, have not been determined, none defined, none set, no target, no objective, fill in, fill me, insert, enter, specify, placeholder, your value, \
    por definir, por determinar, a definir, pendiente, sin definir, no definido, no definida, desconocido, a determiner, a definir, a completer, a confirmer, non defini, non definie, inconnu, a preciser, \
    zu definieren, noch offen, offen, noch zu definieren, noch nicht definiert, nicht definiert, unbekannt, wird noch festgelegt, festzulegen, nicht festgelegt, \
    a determinar, pendente, nao definido, nao definida, a confirmar, desconhecido, da definire, da determinare, da confermare, non definito, non definita, sconosciuto, \
    skal defineres, ikke defineret, ikke definert, ikke fastsat, ikke fastsatt, ukendt, ukjent, belum ditentukan, belum didefinisikan, akan ditentukan, tidak diketahui, \
    待定, 未定, 未定义, 未定義, 待确认, 待補, 待补充, 未设定, 未設定, 要確認, 未確定, 検討中, 調整中";

const NO_LOSS: &str = "zero data loss, no data loss, zero loss, zero downtime, no downtime, 0 data loss, 0 downtime, without data loss, zero, no loss of data, sin perdida de datos, sin perdida, cero perdida de datos, cero perdida, cero, aucune perte de donnees, aucune perte, zero perte de donnees, zero perte, sans perte, \
    kein datenverlust, keine datenverluste, null datenverlust, ohne datenverlust, null, zero perda de dados, zero perda, sem perda de dados, sem perda, nenhuma perda, nessuna perdita di dati, nessuna perdita, zero perdita, senza perdita, \
    intet datatab, ingen datatab, ingen datatap, null datatap, nul, tanpa kehilangan data, nol, nihil, 无数据丢失, 零数据丢失, 零丢失, 零, 不丢失数据, データ損失なし, データロスなし, データ損失ゼロ, ゼロ";

const FILLER: &str = "target, targets, objective, objectives, requirement, requirements, value, values, goal, goals, commitment, commitments, by, per, service, services, tier, tiers, component, components, environment, environments, system, systems, scenario, scenarios, summary, recovery, sla, slas, matrix, table, overview, our, the, \
    initial, current, and, of, for, metric, metrics, definition, definitions, overall, total, global, application, applications, data, loss, max, maximum, acceptable, downtime, time, time to recover, window, windows, state, stated, new, required, minimum, published, approved, \
    what, is, are, our, your, \
    par, por, pro, inicial, sugerido, initiaux, valores, valeurs, werte, je, dienst, servicio, servicios, composant, composants, objectifs, valori, nilai, layanan";

const GENERIC: &str = "tests, drill, drills, exercise, exercises, tested, ledger, log, evidence, schedule, history, issue, ticket, epic, story, track, complete, completed, conclusion, key features, features, feature, highlights, key metrics, production impact, details, detail, information, background, context, purpose, scope, statement, statements, commitments, numbers, figures, values, at a glance, quick reference, readme, notes, note, done, passed, implemented, new, updated, draft, high level, technical, operational, operations, all, full, disaster, recovery, backup, backups, restore, restoration, continuity, business, dr, drp, bcp, plan, plans, planning, runbook, runbooks, playbook, guide, procedure, procedures, policy, strategy, document, documentation, overview, summary, introduction, general, objective, objectives, target, targets, requirement, requirements, goal, goals, metrics, metric, sla, slas, slo, slos, \
    service, services, level, levels, matrix, table, rto, rpo, rtos, rpos, time, point, and, or, of, the, for, a, to, by, per, in, with, our, current, state, actual, measured, key, expected, estimated, definition, definitions, section, appendix, part, system, component, components, tier, tiers, maximum, acceptable, data, loss, downtime, validation, results, test, testing, \
    objetivo, objetivos, de, del, la, el, y, recuperacion, desastres, copias, seguridad, objectifs, objectif, reprise, des, du, le, les, et, sauvegarde, activite, wiederherstellung, wiederherstellungsziele, ziele, notfall, notfallplan, notfallhandbuch, und, recuperacao, obiettivi, ripristino, di, e, genopretning, og, mal, inicial, sugerido, cadangan, pemulihan, bencana, dan, rencana, \
    恢复, 目标, 灾难, 备份, 达成情况, 復旧, 目標, 災害";

const DISMISSED: &str = "improvement, improvements, option, options, alternative, alternatives, comparison, comparisons, industry, benchmark, benchmarks, typical, example, examples, sample, samples, glossary, terminology, key terms, trade offs, tradeoffs, future enhancements, future improvements, opciones, comparacion, comparativa, mejoras, ejemplo, ejemplos, glosario, ameliorations, comparaison, exemple, exemples, glossaire, \
    verbesserungen, optionen, vergleich, beispiel, beispiele, glossar, melhorias, opcoes, comparacao, exemplo, exemplos, confronto, esempio, esempi, glossario, miglioramenti, sammenligning, eksempel, eksempler, perbandingan, contoh, glosarium, 对比, 比较, 示例, 术语, 改进, 比較, 用語, 用語集, 例, 改善";

const NOTES: &str = "status, state, note, notes, comment, comments, description, frequency, retention, evidence, owner, owners, priority, definition, meaning, method, measurement, how, test, tested, date, gap, gaps, remediation, mtd, mtpd, mttr, mtbf, mao, duration, delta, margin, variance, difference, buffer, schedule, backup, strategy, approach, rationale, justification, reason, scope, impact, validation, verification, industry, typical, industry standard, benchmark, competitor, previous, last, next, result, pass, compliance, cost, mechanism, interval, timeout, uptime, availability, slack, headroom, \
    estado, notas, descripcion, frecuencia, statut, remarques, commentaire, ecart, beschreibung, bemerkung, bemerkungen, haufigkeit, abweichung, descricao, frequencia, stato, descrizione, frequenza, note, beskrivelse, bemaerkning, merknad, keterangan, catatan, deskripsi, 状态, 备注, 说明, 描述, 频率, 差距, 備考, 説明, 状態, 差異";

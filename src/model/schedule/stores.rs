//! Where data is kept, told by the words of a scope: a dump of the database says nothing about the cache.

use crate::model::scope::Scope;

/// Kinds of stores by the words that name them, in the singular. Databases stand first.
const STORES: &[&[&str]] = &[
    &["postgre", "postgresql", "pg", "aurora", "timescale", "timescaledb", "cnpg", "wal"],
    &["mysql", "mariadb", "percona"],
    &["mongo", "mongodb", "documentdb"],
    &["oracle", "mssql", "sqlserver", "db2"],
    &["sqlite"],
    &["dynamodb", "cassandra", "couchdb", "firestore", "neo4j", "influxdb", "clickhouse"],
    &["redis", "cache", "valkey", "memcached"],
    &["elasticsearch", "opensearch", "solr", "search"],
    &["kafka", "rabbitmq", "queue", "broker", "nats"],
    &["etcd", "kubernete", "k8s"],
    &["upload", "media", "attachment", "photo", "file"],
    &["qdrant", "vector", "weaviate", "pinecone", "milvus", "embedding"],
    &["configuration", "config", "infrastructure", "terraform", "iac", "konfiguration"],
    &["secret", "certificate", "credential"],
    &["code", "wiki", "documentation"],
    &["metric", "dashboard", "grafana", "prometheus", "loki"],
];

/// The stores that are databases, as bits.
const DATABASES: u32 = 0b11_1111;

/// Words for any database.
const ANY_DATABASE: &[&str] =
    &["database", "db", "sql", "rds", "datenbank", "data", "base", "dato", "donnée", "dump"];

/// The stores that a scope names, as bits; none where it names none.
pub(super) fn stores(scope: &Scope) -> u32 {
    let named = |store: &[&str]| scope.words.iter().any(|it| store.contains(&it.as_str()));
    let stores = STORES.iter().enumerate().filter(|(_, it)| named(it)).fold(0, |all, (at, _)| all | 1 << at);
    // "The orders database (MongoDB)" is that one.
    if stores & DATABASES == 0 && named(ANY_DATABASE) { stores | DATABASES } else { stores }
}

/// Whether a backup of these stores can be what an objective for those is about. An objective that names no store is
/// about the data of the system, so that a backup of its configuration says nothing.
pub(super) fn may_hold(backup: u32, objective: u32) -> bool {
    backup == 0 || backup & if objective == 0 { DATABASES } else { objective } != 0
}

/// Words of jobs that back up everything there is.
const WHOLE: &[&str] = &[
    "full",
    "incremental",
    "daily",
    "nightly",
    "hourly",
    "weekly",
    "all",
    "default",
    "velero",
    "cluster",
    "job",
    "cron",
    "dump",
    "snapshot",
    "schedule",
    "main",
    "primary",
];

/// Whether a scope names nothing but databases, or nothing at all: it may be about the data of the whole system.
pub(super) fn names_the_whole(scope: &Scope, stores: u32) -> bool {
    let is_plain = |it: &String| {
        WHOLE.contains(&it.as_str())
            || ANY_DATABASE.contains(&it.as_str())
            || STORES.iter().take(6).any(|store| store.contains(&it.as_str()))
    };
    may_hold(stores, 0) && scope.words.iter().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(backup: &str, objective: &str) -> bool {
        let of = |words: &str| stores(&Scope::of(&[words.to_owned()], ""));
        may_hold(of(backup), of(objective))
    }

    #[test]
    fn one_store_says_nothing_about_another() {
        assert!(holds("Nightly backup", "Redis"));
        assert!(holds("PostgreSQL dump", ""));
        assert!(holds("PostgreSQL dump", "Orders database"));
        assert!(holds("Database dump", "MongoDB"));
        assert!(!holds("PostgreSQL dump", "Redis"));
        assert!(!holds("PostgreSQL dump", "MongoDB"));
        assert!(!holds("Configuration", ""));
        assert!(holds("Configuration", "Configuration files"));
    }
}

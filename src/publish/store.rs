//! Publishing to an object store: what pages need first, pages last, then what is no more. Each object is replaced as a
//! whole; the manifest is written before and after, so that a run that was stopped is completed by the next.

use std::sync::Arc;
use std::time::Duration;

use miette::{IntoDiagnostic, WrapErr, miette};
use object_store::aws::AmazonS3Builder;
use object_store::azure::MicrosoftAzureBuilder;
use object_store::gcp::GoogleCloudStorageBuilder;
use object_store::path::Path;
use object_store::{
    Attribute, Attributes, ClientOptions, Error, ObjectStore, ObjectStoreExt, PutMode, PutOptions,
    RetryConfig, UpdateVersion,
};
use tokio::task::JoinSet;

use super::manifest::{self, Manifest};
use super::plan::Write;
use super::target::{Provider, Target};
use super::{Done, Job, foreign};
use crate::render::headers::{ASK, cache_control};
use crate::render::media_type;

/// The most requests under way.
const CONCURRENCY: usize = 16;

/// How often a request is repeated that failed on the way or for the moment, and for how long at most.
const RETRIES: usize = 5;
const PATIENCE: Duration = Duration::from_secs(60);

pub(super) fn publish(provider: Provider, bucket: &str, prefix: &str, job: &Job<'_>) -> miette::Result<Done> {
    // Another provider may have been installed already; either does.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .into_diagnostic()
        .wrap_err("cannot begin to send")?;
    let store = open(provider, bucket, job.endpoint).map_err(|error| said(&error))?;
    let name = Target::Store { provider, bucket: bucket.to_owned(), prefix: prefix.to_owned() }.to_string();
    let store = Place { store, prefix: prefix.to_owned() };
    runtime.block_on(store.publish(job, &name))
}

/// A folder of a bucket.
#[derive(Clone)]
struct Place {
    store: Arc<dyn ObjectStore>,
    prefix: String,
}

/// The manifest at the target, with the version of it that was read.
type Read = Option<(Manifest, UpdateVersion)>;

impl Place {
    async fn publish(&self, job: &Job<'_>, name: &str) -> miette::Result<Done> {
        (job.tell)("Looking at the target");
        let read = self.manifest().await?;
        if read.is_none() && !job.overwrite && !self.is_empty().await? {
            return Err(foreign(&format!("`{name}`")));
        }
        let (before, version) = read.unzip();
        let before = before.as_ref();
        let plan = job.plan(before)?;
        if job.dry_run || plan.is_done(before) {
            return Ok(Done::planned(plan, before));
        }
        let version = self.put_manifest(&plan.during, version).await?;
        let total = plan.changed().count();
        let mut sent = 0;
        // A file of one turn may need those of the turns before it.
        let changed: Vec<&Write> = plan.changed().collect();
        for turn in changed.chunk_by(|a, b| a.turn() == b.turn()) {
            let mut under_way = JoinSet::new();
            for file in turn {
                if under_way.len() >= CONCURRENCY {
                    finished(under_way.join_next().await)?;
                }
                (job.tell)(&format!("Sending, {sent} of {total} files"));
                sent += 1;
                let (store, key) = (Arc::clone(&self.store), self.key(&file.path)?);
                let (bytes, options) = (file.content.bytes()?, options(&file.path));
                under_way.spawn(async move { store.put_opts(&key, bytes.into(), options).await.map(|_| ()) });
            }
            while let Some(done) = under_way.join_next().await {
                finished(Some(done))?;
            }
        }
        (job.tell)("Deleting what is no more");
        let mut under_way = JoinSet::new();
        for path in &plan.delete {
            if under_way.len() >= CONCURRENCY {
                finished(under_way.join_next().await)?;
            }
            let (store, key) = (Arc::clone(&self.store), self.key(path)?);
            under_way.spawn(async move {
                match store.delete(&key).await {
                    Err(Error::NotFound { .. }) => Ok(()),
                    other => other,
                }
            });
        }
        while let Some(done) = under_way.join_next().await {
            finished(Some(done))?;
        }
        self.put_manifest(&plan.after, Some(version)).await?;
        Ok(Done::carried_out(plan, before))
    }

    fn key(&self, path: &str) -> miette::Result<Path> {
        let whole = if self.prefix.is_empty() { path.to_owned() } else { format!("{}/{path}", self.prefix) };
        Path::parse(&whole).map_err(|error| miette!("`{path}` cannot be the name of an object: {error}"))
    }

    async fn manifest(&self) -> miette::Result<Read> {
        let found = match self.store.get(&self.key(manifest::NAME)?).await {
            Ok(found) => found,
            Err(Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(said(&error)),
        };
        let version = UpdateVersion { e_tag: found.meta.e_tag.clone(), version: found.meta.version.clone() };
        let bytes = found.bytes().await.map_err(|error| said(&error))?;
        Ok(Some((Manifest::read(&bytes)?, version)))
    }

    async fn is_empty(&self) -> miette::Result<bool> {
        let prefix = Path::parse(&self.prefix).into_diagnostic()?;
        let listed = self.store.list_with_delimiter(Some(&prefix)).await.map_err(|error| said(&error))?;
        Ok(listed.objects.is_empty() && listed.common_prefixes.is_empty())
    }

    /// Writes the manifest, if it still is the one that was read: of two who publish at once, one is told.
    async fn put_manifest(
        &self,
        manifest: &Manifest,
        read: Option<UpdateVersion>,
    ) -> miette::Result<UpdateVersion> {
        let key = self.key(manifest::NAME)?;
        let mode = read.map_or(PutMode::Create, PutMode::Update);
        let put = |mode| {
            let options = PutOptions { mode, ..options(manifest::NAME) };
            self.store.put_opts(&key, manifest.write().into(), options)
        };
        let result = match put(mode).await {
            // Not every store that speaks S3's protocol knows conditions.
            Err(Error::NotImplemented { .. } | Error::NotSupported { .. }) => put(PutMode::Overwrite).await,
            other => other,
        };
        match result {
            Ok(result) => Ok(result.into()),
            Err(Error::Precondition { .. } | Error::AlreadyExists { .. }) => Err(miette!(
                help = "run it again when the other run has ended",
                "somebody else published to this target at the same time"
            )),
            Err(error) => Err(said(&error)),
        }
    }
}

/// What a store keeps with an object and sends with it.
fn options(path: &str) -> PutOptions {
    let cache = if path == manifest::NAME { ASK } else { cache_control(path) };
    let attributes =
        Attributes::from_iter([(Attribute::ContentType, media_type(path)), (Attribute::CacheControl, cache)]);
    PutOptions { attributes, ..PutOptions::default() }
}

/// Opens a store with the credentials of the environment.
fn open(provider: Provider, bucket: &str, endpoint: Option<&str>) -> Result<Arc<dyn ObjectStore>, Error> {
    let retry = RetryConfig { max_retries: RETRIES, retry_timeout: PATIENCE, ..RetryConfig::default() };
    let plain = endpoint.is_some_and(|it| it.starts_with("http://"));
    let client = ClientOptions::new().with_allow_http(plain);
    Ok(match provider {
        Provider::S3 => {
            let mut builder = AmazonS3Builder::from_env()
                .with_bucket_name(bucket)
                .with_retry(retry)
                .with_client_options(client);
            if let Some(endpoint) = endpoint {
                builder = builder.with_endpoint(endpoint.trim_end_matches('/'));
            }
            Arc::new(builder.build()?)
        }
        Provider::Google => {
            let mut builder = GoogleCloudStorageBuilder::from_env()
                .with_bucket_name(bucket)
                .with_retry(retry)
                .with_client_options(client);
            if let Some(endpoint) = endpoint {
                builder = builder.with_base_url(endpoint.trim_end_matches('/'));
            }
            Arc::new(builder.build()?)
        }
        Provider::Azure => {
            let mut builder = MicrosoftAzureBuilder::from_env()
                .with_container_name(bucket)
                .with_retry(retry)
                .with_client_options(client);
            if let Some(endpoint) = endpoint {
                builder = builder.with_endpoint(endpoint.trim_end_matches('/').to_owned());
            }
            Arc::new(builder.build()?)
        }
    })
}

fn finished(done: Option<Result<Result<(), Error>, tokio::task::JoinError>>) -> miette::Result<()> {
    match done {
        Some(Ok(Err(error))) => Err(said(&error)),
        Some(Err(error)) => Err(miette!("sending stopped: {error}")),
        Some(Ok(Ok(()))) | None => Ok(()),
    }
}

/// What a store said, with the causes, in one line.
fn said(error: &Error) -> miette::Report {
    let mut words = error.to_string();
    let mut next = std::error::Error::source(error);
    while let Some(cause) = next {
        let cause_words = cause.to_string();
        if !words.contains(&cause_words) {
            words.push_str(&format!(": {cause_words}"));
        }
        next = cause.source();
    }
    let help = match error {
        Error::Unauthenticated { .. } | Error::PermissionDenied { .. } => {
            "docwright takes credentials from the environment: AWS_ACCESS_KEY_ID and kin, GOOGLE_SERVICE_ACCOUNT, \
             AZURE_STORAGE_ACCOUNT_NAME and kin; they need to read, list, write and delete"
        }
        Error::NotFound { .. } => "the bucket must exist; docwright does not make one",
        _ => "run it again once that is mended: it completes what is there",
    };
    miette!(help = help, "the store did not take it: {}", short(&words))
}

/// The words of an error with the code and the message of an answer in XML in place of all of it.
fn short(words: &str) -> String {
    let tag = |name: &str| {
        let (_, rest) = words.split_once(&format!("<{name}>"))?;
        rest.split_once(&format!("</{name}>")).map(|(text, _)| text.to_owned())
    };
    let (before, answer) =
        words.split_once("<?xml").or_else(|| words.split_once("<Error>")).unwrap_or((words, ""));
    let mut parts = vec![before.trim().trim_end_matches(':').to_owned()];
    if !answer.is_empty() {
        parts.extend(tag("Code"));
        parts.extend(tag("Message"));
    }
    parts.join(": ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_an_answer_in_xml_only_the_message_is_shown() {
        let words = "Generic S3 error: 404 Not Found: <?xml version=\"1.0\"?>\n<Error><Code>NoSuchBucket</Code>\
                     <Message>There is none</Message><RequestId>x</RequestId></Error>";
        assert_eq!(short(words), "Generic S3 error: 404 Not Found: NoSuchBucket: There is none");
        assert_eq!(short("connection\n refused"), "connection refused");
        assert_eq!(short("x: <?xml"), "x");
    }
}

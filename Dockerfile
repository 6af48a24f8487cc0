# syntax=docker/dockerfile:1
# Two images of one static binary: the default has nothing else in it, `--target ci` adds git and a shell.
FROM rust:1.90-alpine AS build
RUN apk add --no-cache build-base ca-certificates
WORKDIR /src
COPY Cargo.toml Cargo.lock ./
COPY benches benches
COPY src src
COPY templates templates
COPY tests/main.rs tests/main.rs
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --release --locked \
 && cp target/release/docwright /docwright

# For CI: `--since` asks git, and CI systems want a shell.
FROM alpine:3.22 AS ci
RUN apk add --no-cache ca-certificates git \
 && git config --system --add safe.directory '*' \
 && adduser -D -u 65532 docwright
COPY --from=build /docwright /usr/local/bin/docwright
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["docwright"]
CMD ["check"]

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /docwright /docwright
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["/docwright"]
CMD ["check"]

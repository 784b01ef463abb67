# docker build --build-arg COMMIT_SHA=$(git rev-parse HEAD) --build-arg BUILD_DATE=$(date -u +%FT%TZ) -t ta-bot .
#
# Both base images can be given as arguments, for a registry of your own or with the digest that you have checked.
ARG BUILD_IMAGE=maven:3.9-eclipse-temurin-25
ARG BASE_IMAGE=gcr.io/distroless/base-nossl-debian12:nonroot

FROM ${BUILD_IMAGE} AS build
WORKDIR /src
# Libraries are fetched again only when these change.
COPY .mvn .mvn
COPY pom.xml .
RUN mvn --batch-mode --no-transfer-progress dependency:go-offline
COPY application.conf LICENSE NOTICE ./
COPY src/main src/main
RUN mvn --batch-mode --no-transfer-progress -Dmaven.test.skip=true package
COPY k8s/image k8s/image
RUN k8s/image/assemble /opt/ta-bot && mkdir /data

# No shell and no package manager: glibc, time zones and certificates.
FROM ${BASE_IMAGE}
COPY --from=build /opt/ta-bot /opt/ta-bot
COPY --from=build --chown=10001:10001 /data /var/lib/ta-bot
ARG COMMIT_SHA=unknown
ARG BUILD_DATE=unknown
ENV COMMIT_SHA=${COMMIT_SHA} BUILD_DATE=${BUILD_DATE} TABOT_DATA_DIR=/var/lib/ta-bot
USER 10001:10001
EXPOSE 8000
ENTRYPOINT ["/opt/ta-bot/runtime/bin/java", "@/opt/ta-bot/jvm.options", "-XX:AOTCache=/opt/ta-bot/ta-bot.aot", \
    "-jar", "/opt/ta-bot/ta-bot.jar"]
CMD ["run"]

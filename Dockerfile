# A container of the seq4j command; docs/operating.md tells how to run it.
#
#   docker build -t seq4j .
#   docker run --rm -p 8080:8080 -v "$PWD/runs:/models:ro" --memory 2g seq4j

FROM eclipse-temurin:17-jdk AS build
RUN apt-get update && apt-get install -y --no-install-recommends maven && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN mvn -q -B -Dquick -Dmaven.test.skip package

FROM eclipse-temurin:17-jre
COPY --from=build /src/cli/target/seq4j /opt/seq4j
RUN ln -s /opt/seq4j/bin/seq4j /usr/local/bin/seq4j && useradd --uid 10001 --create-home seq4j
USER 10001
# A step of training shows that the image works, and unpacks TensorFlow's native library into the cache of the user.
RUN mkdir /tmp/first && cd /tmp/first && cp /opt/seq4j/examples/reverse/reverse.yaml . \
    && seq4j data generate reverse --output data \
    && seq4j train reverse.yaml --run run --set training.max_steps=1 \
    && rm -rf /tmp/first
EXPOSE 8080
HEALTHCHECK --start-period=60s CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /ready HTTP/1.0\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
ENTRYPOINT ["seq4j"]
CMD ["serve", "--models", "/models", "--host", "0.0.0.0", "--drain", "5"]

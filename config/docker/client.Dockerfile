# The image of the commands, on a Java runtime of 17 to 21 that has bash and coreutils. To be built where
# the tarball was unpacked:
#
#   docker build -f config/docker/client.Dockerfile -t registry.example.com/customer-pulse-client:0.1.0 .
#   docker run --rm registry.example.com/customer-pulse-client:0.1.0 bin/submit --list --cluster http://host:8081
#
# Files of yours are mounted; logs and what was submitted stay in /var/lib/customer-pulse. No test of ours
# builds it.
ARG JRE=eclipse-temurin:17-jre
FROM ${JRE}
COPY . /opt/customer-pulse
RUN mkdir /var/lib/customer-pulse && chown 10001:10001 /var/lib/customer-pulse
ENV CUSTOMER_PULSE_RUN=/var/lib/customer-pulse
WORKDIR /opt/customer-pulse
USER 10001:10001
CMD ["bin/rules", "--help"]

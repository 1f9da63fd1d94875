# The image of a job, for the Flink Kubernetes Operator (config/kubernetes) or an application cluster of
# Flink's own: Flink, and the one jar. To be built where the tarball was unpacked:
#
#   docker build -f config/docker/job.Dockerfile --build-arg JOB=behavior -t registry.example.com/customer-pulse:0.1.0 .
#
# No test of ours builds it.
ARG FLINK=flink:2.3.0-java17
FROM ${FLINK}
# behavior or tables
ARG JOB=behavior
COPY --chown=flink:flink jobs/customer-pulse-${JOB}-*-jobs.jar /opt/flink/usrlib/customer-pulse.jar
USER flink

ARG IMAGE_PREFIX=""
FROM ${IMAGE_PREFIX}node:22-slim
WORKDIR /app
COPY . .
USER node

# region shell-form
CMD node graceful.mts
# endregion shell-form

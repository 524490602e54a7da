ARG IMAGE_PREFIX=""
FROM ${IMAGE_PREFIX}node:22-slim
WORKDIR /app

# region all-at-once
COPY . .
RUN npm ci
# endregion all-at-once

CMD ["node", "graceful.mts"]

#!/bin/sh
# web1, web2: the forum, with its topics in its own memory. Only nginx is asked for here.
. /runtime/machines/cards.sh
. /runtime/machines/supervise.sh
take_cards
cd /app || exit 1
export DATABASE_URL=memory: SERVER_NAME="$MACHINE" PORT=3000 NODE_ENV=production
supervise node labs/teahouse/server.ts

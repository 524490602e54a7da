#!/bin/sh
# client: the readers. It has eight addresses, and asks what it is told.
. /runtime/machines/cards.sh
take_cards
for last in 51 52 53 54 55 56 57; do ip addr add "192.0.2.$last/24" dev eth0; done
exec node --disable-warning=ExperimentalWarning /runtime/machines/client.mts

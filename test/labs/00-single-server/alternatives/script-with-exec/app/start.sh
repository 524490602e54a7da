#!/bin/sh
echo "starting in $(pwd)"
exec node server.js

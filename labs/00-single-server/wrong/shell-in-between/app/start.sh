#!/bin/sh
echo "starting in $(pwd)"
node server.js

# The stand-ins, one target each: docker buildx bake nginx. Nothing is pulled, and no file has a
# `# syntax=` line, which would pull a frontend.

variable "TRANSPORT" { default = "" } # folder with apt.conf: proxies, as on the host
variable "NPM" { default = "" } # folder with node.tgz and npm.tgz

target "lists" {
  context  = "stand-ins/base"
  contexts = { transport = TRANSPORT }
  network  = "host"
}

target "_packages" {
  contexts = { lists = "target:lists", transport = TRANSPORT }
  # The engine gives containers no way out; a build takes the host's.
  network = "host"
}

target "nginx" {
  inherits = ["_packages"]
  context  = "stand-ins/nginx"
  tags     = ["four-tiers/nginx:1.26"]
}

target "redis" {
  inherits = ["_packages"]
  context  = "stand-ins/redis"
  tags     = ["four-tiers/redis:8.0"]
}

target "mariadb" {
  inherits = ["_packages"]
  context  = "stand-ins/mariadb"
  tags     = ["four-tiers/mariadb:11.8"]
}

target "varnish" {
  inherits = ["_packages"]
  context  = "stand-ins/varnish"
  tags     = ["four-tiers/varnish:7.7"]
}

target "haproxy" {
  inherits = ["_packages"]
  context  = "stand-ins/haproxy"
  tags     = ["four-tiers/haproxy:3.0"]
}

target "node" {
  context  = "stand-ins/node"
  contexts = { npm = NPM }
  tags     = ["four-tiers/node:22-slim"]
}

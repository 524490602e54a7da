/**
 * Every directive of nginx 1.26's own modules (http, and what stands around it): where it may stand,
 * and how many words follow it (`flag`: on or off; `{`: then a block). The engine tests hold each
 * line against `nginx -t`.
 */
export const directiveTable = `
main: 0 {
  events http mail stream
main: 1
  debug_points env load_module lock_file pid ssl_engine timer_resolution worker_priority
  worker_processes worker_rlimit_core worker_rlimit_nofile worker_shutdown_timeout
  working_directory
main: 1+
  error_log worker_cpu_affinity
main: 1-2
  user
main: 2-3
  thread_pool
main: flag
  daemon master_process pcre_jit quic_bpf
events: 1
  accept_mutex_delay debug_connection use worker_connections
events: flag
  accept_mutex multi_accept
http: 0 {
  server
http: 1
  http2_recv_buffer_size map_hash_bucket_size map_hash_max_size server_names_hash_bucket_size
  server_names_hash_max_size variables_hash_bucket_size variables_hash_max_size
http: 1 {
  upstream
http: 1-2 {
  geo
http: 2
  limit_conn_zone
http: 2 {
  charset_map map split_clients
http: 2+
  fastcgi_cache_path log_format proxy_cache_path scgi_cache_path uwsgi_cache_path
http: 3
  limit_req_zone
http server: 1
  client_header_buffer_size client_header_timeout connection_pool_size http2_body_preread_size
  http2_idle_timeout http2_max_concurrent_pushes http2_max_concurrent_streams
  http2_max_field_size http2_max_header_size http2_max_requests http2_pool_size
  http2_recv_timeout http2_streams_index_size http3_max_concurrent_streams
  http3_stream_buffer_size quic_active_connection_id_limit quic_host_key request_pool_size
  ssl_buffer_size ssl_certificate ssl_certificate_key ssl_ciphers ssl_client_certificate
  ssl_crl ssl_dhparam ssl_ecdh_curve ssl_ocsp_cache ssl_ocsp_responder ssl_password_file
  ssl_session_ticket_key ssl_session_timeout ssl_stapling_file ssl_stapling_responder
  ssl_trusted_certificate ssl_verify_client ssl_verify_depth
http server: 1+
  ssl_protocols
http server: 1-2
  ssl_session_cache
http server: 2
  large_client_header_buffers ssl_conf_command
http server: flag
  http2 http3 http3_hq ignore_invalid_headers merge_slashes quic_gso quic_retry ssl_early_data
  ssl_ocsp ssl_prefer_server_ciphers ssl_reject_handshake ssl_session_tickets ssl_stapling
  ssl_stapling_verify underscores_in_headers
http server location: 0 {
  types
http server location: 1
  add_after_body add_before_body aio ancient_browser_value auth_delay auth_request
  autoindex_format client_body_buffer_size client_body_in_file_only client_body_timeout
  client_max_body_size default_type directio directio_alignment fastcgi_buffer_size
  fastcgi_busy_buffers_size fastcgi_cache fastcgi_cache_key fastcgi_cache_lock_age
  fastcgi_cache_lock_timeout fastcgi_cache_max_range_offset fastcgi_cache_min_uses
  fastcgi_catch_stderr fastcgi_connect_timeout fastcgi_hide_header fastcgi_index
  fastcgi_limit_rate fastcgi_max_temp_file_size fastcgi_next_upstream_timeout
  fastcgi_next_upstream_tries fastcgi_pass_header fastcgi_read_timeout fastcgi_send_lowat
  fastcgi_send_timeout fastcgi_split_path_info fastcgi_store fastcgi_temp_file_write_size
  grpc_buffer_size grpc_connect_timeout grpc_hide_header grpc_next_upstream_timeout
  grpc_next_upstream_tries grpc_pass_header grpc_read_timeout grpc_send_timeout
  grpc_ssl_certificate grpc_ssl_certificate_key grpc_ssl_ciphers grpc_ssl_crl grpc_ssl_name
  grpc_ssl_password_file grpc_ssl_trusted_certificate grpc_ssl_verify_depth gzip_comp_level
  gzip_hash gzip_http_version gzip_min_length gzip_static gzip_window http2_chunk_size
  http2_push if_modified_since keepalive_requests keepalive_time limit_conn_log_level
  limit_conn_status limit_req_log_level limit_req_status lingering_close lingering_time
  lingering_timeout max_ranges memcached_buffer_size memcached_connect_timeout
  memcached_gzip_flag memcached_next_upstream_timeout memcached_next_upstream_tries
  memcached_read_timeout memcached_send_timeout min_delete_depth mirror modern_browser_value
  mp4_buffer_size mp4_max_buffer_size open_file_cache_min_uses open_file_cache_valid
  postpone_gzipping postpone_output proxy_buffer_size proxy_busy_buffers_size proxy_cache
  proxy_cache_key proxy_cache_lock_age proxy_cache_lock_timeout proxy_cache_max_range_offset
  proxy_cache_min_uses proxy_connect_timeout proxy_headers_hash_bucket_size
  proxy_headers_hash_max_size proxy_hide_header proxy_http_version proxy_limit_rate
  proxy_max_temp_file_size proxy_method proxy_next_upstream_timeout proxy_next_upstream_tries
  proxy_pass_header proxy_read_timeout proxy_send_lowat proxy_send_timeout proxy_set_body
  proxy_ssl_certificate proxy_ssl_certificate_key proxy_ssl_ciphers proxy_ssl_crl
  proxy_ssl_name proxy_ssl_password_file proxy_ssl_trusted_certificate proxy_ssl_verify_depth
  proxy_store proxy_temp_file_write_size read_ahead real_ip_header resolver_timeout satisfy
  scgi_buffer_size scgi_busy_buffers_size scgi_cache scgi_cache_key scgi_cache_lock_age
  scgi_cache_lock_timeout scgi_cache_max_range_offset scgi_cache_min_uses scgi_connect_timeout
  scgi_hide_header scgi_limit_rate scgi_max_temp_file_size scgi_next_upstream_timeout
  scgi_next_upstream_tries scgi_pass_header scgi_read_timeout scgi_send_timeout scgi_store
  scgi_temp_file_write_size secure_link secure_link_md5 secure_link_secret send_lowat
  send_timeout sendfile_max_chunk server_tokens set_real_ip_from slice ssi_min_file_chunk
  ssi_value_length subrequest_output_buffer_size types_hash_bucket_size types_hash_max_size
  userid userid_domain userid_expires userid_mark userid_name userid_p3p userid_path
  userid_service uwsgi_buffer_size uwsgi_busy_buffers_size uwsgi_cache
  uwsgi_cache_background_update uwsgi_cache_key uwsgi_cache_lock_age uwsgi_cache_lock_timeout
  uwsgi_cache_max_range_offset uwsgi_cache_min_uses uwsgi_connect_timeout uwsgi_hide_header
  uwsgi_limit_rate uwsgi_max_temp_file_size uwsgi_modifier1 uwsgi_modifier2
  uwsgi_next_upstream_timeout uwsgi_next_upstream_tries uwsgi_pass_header uwsgi_read_timeout
  uwsgi_send_timeout uwsgi_ssl_certificate uwsgi_ssl_certificate_key uwsgi_ssl_ciphers
  uwsgi_ssl_crl uwsgi_ssl_name uwsgi_ssl_password_file uwsgi_ssl_trusted_certificate
  uwsgi_ssl_verify_depth uwsgi_store uwsgi_string uwsgi_temp_file_write_size
http server location: 1+
  addition_types ancient_browser charset_types dav_methods error_log fastcgi_cache_bypass
  fastcgi_cache_methods fastcgi_cache_use_stale fastcgi_cache_valid fastcgi_ignore_headers
  fastcgi_next_upstream fastcgi_no_cache grpc_ignore_headers grpc_next_upstream
  grpc_ssl_protocols gzip_disable gzip_proxied gzip_types index memcached_next_upstream
  proxy_cache_bypass proxy_cache_methods proxy_cache_use_stale proxy_cache_valid
  proxy_ignore_headers proxy_next_upstream proxy_no_cache proxy_ssl_protocols resolver
  scgi_cache_bypass scgi_cache_methods scgi_cache_use_stale scgi_cache_valid
  scgi_ignore_headers scgi_next_upstream scgi_no_cache ssi_types sub_filter_types
  uwsgi_cache_bypass uwsgi_cache_methods uwsgi_cache_use_stale uwsgi_cache_valid
  uwsgi_ignore_headers uwsgi_next_upstream uwsgi_no_cache uwsgi_ssl_protocols
http server location: 1-2
  disable_symlinks fastcgi_bind grpc_bind keepalive_disable keepalive_timeout memcached_bind
  modern_browser open_file_cache proxy_bind proxy_cookie_domain proxy_cookie_path
  proxy_redirect scgi_bind uwsgi_bind
http server location: 1-3
  dav_access fastcgi_store_access limit_req proxy_store_access scgi_store_access userid_flags
  uwsgi_store_access
http server location: 1-4
  client_body_temp_path fastcgi_temp_path open_log_file_cache proxy_cookie_flags
  proxy_temp_path scgi_temp_path uwsgi_temp_path
http server location: 2
  auth_request_set fastcgi_buffers grpc_set_header grpc_ssl_conf_command gunzip_buffers
  gzip_buffers limit_conn output_buffers proxy_buffers proxy_set_header proxy_ssl_conf_command
  scgi_buffers sub_filter uwsgi_buffers uwsgi_ssl_conf_command
http server location: 2-3
  fastcgi_param scgi_param uwsgi_param
http server location: flag
  absolute_redirect aio_write autoindex autoindex_exact_size autoindex_localtime
  chunked_transfer_encoding client_body_in_single_buffer create_full_put_path etag
  fastcgi_buffering fastcgi_cache_background_update fastcgi_cache_lock
  fastcgi_cache_revalidate fastcgi_force_ranges fastcgi_ignore_client_abort
  fastcgi_intercept_errors fastcgi_keep_conn fastcgi_pass_request_body
  fastcgi_pass_request_headers fastcgi_request_buffering fastcgi_socket_keepalive
  grpc_intercept_errors grpc_socket_keepalive grpc_ssl_server_name grpc_ssl_session_reuse
  grpc_ssl_verify gunzip gzip_no_buffer gzip_vary http2_push_preload limit_conn_dry_run
  limit_req_dry_run log_not_found log_subrequest memcached_socket_keepalive
  mirror_request_body mp4_start_key_frame msie_padding msie_refresh open_file_cache_errors
  open_file_cache_events port_in_redirect proxy_buffering proxy_cache_background_update
  proxy_cache_convert_head proxy_cache_lock proxy_cache_revalidate proxy_force_ranges
  proxy_ignore_client_abort proxy_intercept_errors proxy_pass_request_body
  proxy_pass_request_headers proxy_request_buffering proxy_socket_keepalive
  proxy_ssl_server_name proxy_ssl_session_reuse proxy_ssl_verify real_ip_recursive
  recursive_error_pages reset_timedout_connection scgi_buffering scgi_cache_background_update
  scgi_cache_lock scgi_cache_revalidate scgi_force_ranges scgi_ignore_client_abort
  scgi_intercept_errors scgi_pass_request_body scgi_pass_request_headers
  scgi_request_buffering scgi_socket_keepalive server_name_in_redirect
  ssi_ignore_recycled_buffers ssi_last_modified ssi_silent_errors sub_filter_last_modified
  sub_filter_once tcp_nodelay tcp_nopush uwsgi_buffering uwsgi_cache_lock
  uwsgi_cache_revalidate uwsgi_force_ranges uwsgi_ignore_client_abort uwsgi_intercept_errors
  uwsgi_pass_request_body uwsgi_pass_request_headers uwsgi_request_buffering
  uwsgi_socket_keepalive uwsgi_ssl_server_name uwsgi_ssl_session_reuse uwsgi_ssl_verify
http server location limit_except: 1
  allow auth_basic auth_basic_user_file deny
http server location location-if: 1
  charset limit_rate limit_rate_after post_action root source_charset
http server location location-if: 1-2
  expires
http server location location-if: 2+
  error_page
http server location location-if: 2-3
  add_header add_trailer
http server location location-if: flag
  gzip override_charset sendfile ssi
http server location location-if limit_except: 1+
  access_log
http server location server-if location-if: flag
  rewrite_log uninitialized_variable_warn
server: 1+
  listen server_name
server location: 0-1
  stub_status
server location: 1
  referer_hash_bucket_size referer_hash_max_size
server location: 1+
  valid_referers
server location: 1+ {
  if
server location: 1-2 {
  location
server location: 2+
  try_files
server location server-if location-if: 0
  break
server location server-if location-if: 1-2
  return
server location server-if location-if: 2
  set
server location server-if location-if: 2-3
  rewrite
location: 0
  empty_gif flv internal mp4
location: 1
  alias
location: 1+ {
  limit_except
location: flag
  random_index
location location-if: 1
  fastcgi_pass grpc_pass memcached_pass scgi_pass uwsgi_pass
location location-if limit_except: 1
  proxy_pass
upstream: 0
  ip_hash least_conn
upstream: 0-2
  random
upstream: 1
  keepalive keepalive_requests keepalive_time keepalive_timeout
upstream: 1+
  server
upstream: 1-2
  hash zone
everywhere: 1
  include
`

#include "runtime/tls.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/stat.h>

#include <utility>

namespace kith::runtime {

namespace {

// The oldest error OpenSSL remembers on this thread, in its words.
std::string openssl_reason() {
  const unsigned long code = ERR_get_error();
  ERR_clear_error();
  char words[256];
  ERR_error_string_n(code, words, sizeof words);
  return words;
}

int choose_http1(ssl_st*, const unsigned char** out, unsigned char* out_length, const unsigned char* offered,
                 unsigned int offered_length, void*) {
  static constexpr unsigned char kHttp1[] = "\x08http/1.1";
  unsigned char* chosen = nullptr;
  const int found = SSL_select_next_proto(&chosen, out_length, kHttp1, sizeof kHttp1 - 1, offered, offered_length);
  if (found != OPENSSL_NPN_NEGOTIATED) return SSL_TLSEXT_ERR_NOACK;
  *out = chosen;
  return SSL_TLSEXT_ERR_OK;
}

void set_how_we_speak(ssl_ctx_st* context) {
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20");
  SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  // RELEASE_BUFFERS: an idle connection gives its 34 kB back.
  SSL_CTX_set_mode(context,
                   SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(context, 1);
  SSL_CTX_set_alpn_select_cb(context, choose_http1, nullptr);
}

std::int64_t modified_ns(const std::string& file) {
  struct stat facts{};
  if (::stat(file.c_str(), &facts) != 0) return 0;
  return facts.st_mtim.tv_sec * 1'000'000'000 + facts.st_mtim.tv_nsec;
}

}  // namespace

TlsContext::TlsContext(std::string chain_file, std::string key_file, Log& log)
    : chain_file_(std::move(chain_file)), key_file_(std::move(key_file)), log_(log) {}

TlsContext::~TlsContext() {
  SSL_CTX_free(context_);
}

Result<std::unique_ptr<TlsContext>> TlsContext::open(std::string chain_file, std::string key_file, Log& log) {
  std::unique_ptr<TlsContext> tls(new TlsContext(std::move(chain_file), std::move(key_file), log));
  tls->looked_at_ = tls->stamp();
  KITH_TRY(tls->context_, tls->load());
  return tls;
}

TlsContext::Stamp TlsContext::stamp() const {
  return {modified_ns(chain_file_), modified_ns(key_file_)};
}

Result<ssl_ctx_st*> TlsContext::load() const {
  ERR_clear_error();
  std::unique_ptr<ssl_ctx_st, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free);
  if (!context) return fail(Errc::unavailable, "TLS cannot be set up: " + openssl_reason());
  set_how_we_speak(context.get());
  if (SSL_CTX_use_certificate_chain_file(context.get(), chain_file_.c_str()) != 1) {
    return fail(Errc::invalid, "the certificate " + chain_file_ + " cannot be used: " + openssl_reason());
  }
  if (SSL_CTX_use_PrivateKey_file(context.get(), key_file_.c_str(), SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_check_private_key(context.get()) != 1) {
    return fail(Errc::invalid, "the key " + key_file_ + " cannot be used with its certificate: " + openssl_reason());
  }
  return context.release();
}

ssl_st* TlsContext::new_connection() {
  std::lock_guard lock(mutex_);
  return SSL_new(context_);
}

bool TlsContext::reload_if_changed() {
  // Looked at before reading, so that a change in between is seen next time.
  const Stamp now = stamp();
  if (now == looked_at_) return false;
  looked_at_ = now;
  auto loaded = load();
  if (!loaded) {
    log_.error("certificate_not_reloaded", {{"detail", loaded.error().detail}});
    return false;
  }
  {
    std::lock_guard lock(mutex_);
    std::swap(context_, *loaded);
  }
  // Connections that use it keep it alive by their own count.
  SSL_CTX_free(*loaded);
  log_.info("certificate_reloaded");
  return true;
}

}  // namespace kith::runtime

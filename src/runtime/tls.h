// Our certificate and how we speak TLS with it. The files are read again when they change, so a renewed certificate
// needs no restart; files that cannot be used are reported and the old ones stay in use.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "base/log.h"
#include "base/result.h"

struct ssl_ctx_st;
struct ssl_st;

namespace kith::runtime {

class TlsContext {
 public:
  // PEM files: the chain with our certificate first, and its key.
  static Result<std::unique_ptr<TlsContext>> open(std::string chain_file, std::string key_file, Log& log);
  ~TlsContext();
  TlsContext(const TlsContext&) = delete;
  TlsContext& operator=(const TlsContext&) = delete;

  // A server side for one connection, with the newest certificate. The caller frees it. Safe from any thread.
  ssl_st* new_connection();
  // Call once a minute or so, always from the same thread. True when new files are now in use.
  bool reload_if_changed();

 private:
  struct Stamp {
    std::int64_t chain_modified_ns = 0;
    std::int64_t key_modified_ns = 0;
    friend bool operator==(const Stamp&, const Stamp&) = default;
  };
  TlsContext(std::string chain_file, std::string key_file, Log& log);
  Result<ssl_ctx_st*> load() const;
  [[nodiscard]] Stamp stamp() const;

  std::string chain_file_;
  std::string key_file_;
  Log& log_;
  std::mutex mutex_;  // guards context_: connections are made on every I/O thread
  ssl_ctx_st* context_ = nullptr;
  Stamp looked_at_;
};

}  // namespace kith::runtime

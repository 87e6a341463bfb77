// The shelf of the front end's files: those inside the program or, while somebody works on them, those of a web/
// folder, read anew for every request. And how a file is sent: the smallest form the browser takes, with its ETag.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>

#include "base/result.h"
#include "http/asset.h"
#include "http/message.h"
#include "runtime/worker_pool.h"

namespace kith::http {

// An asset and, for one that was read from disk, what keeps its bytes.
struct FoundAsset {
  Asset asset;
  std::shared_ptr<const std::string> owner = {};
};

class Assets {
 public:
  // `embedded` sorted by name, and there for as long as the program runs.
  explicit Assets(std::span<const Asset> embedded) : embedded_(embedded) {}
  // The files below WEB/apps/*/dist, as they are at that moment; what is not there comes from `embedded`.
  Assets(std::span<const Asset> embedded, std::string web_folder, runtime::WorkerPool& workers)
      : embedded_(embedded), folder_(std::move(web_folder)), workers_(&workers) {}

  // not_found when there is no such file.
  [[nodiscard]] boost::asio::awaitable<Result<FoundAsset>> find(std::string name) const;
  // The name of the one embedded file under assets/ that begins so ("tokens-"); empty when there is none.
  [[nodiscard]] std::string_view find_hashed(std::string_view beginning) const;

 private:
  std::span<const Asset> embedded_;
  std::string folder_;  // empty: embedded
  runtime::WorkerPool* workers_ = nullptr;
};

// How much a browser takes of an encoding: Accept-Encoding (RFC 9110, 12.5.3).
struct TakenEncodings {
  bool brotli = false;
  bool gzip = false;
};
TakenEncodings read_accept_encoding(std::string_view header);

// The answer to GET or HEAD: the smallest form this browser takes. An immutable file may be kept for ever; everything
// else is asked for again each time, which costs a 304.
Response send_asset(const Request& request, const FoundAsset& found);

}  // namespace kith::http

// A zip file that is made while it is read: files go in piece by piece, bytes come out whenever there are some. Nothing
// is kept but what has not been taken yet. One thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace kith::runtime {

class ZipStream {
 public:
  // Whether packing a file makes it smaller: pictures and sound are packed already.
  enum class Packing : std::uint8_t { deflate, none };

  static Result<ZipStream> open();
  ZipStream(ZipStream&&) noexcept;
  ZipStream& operator=(ZipStream&&) noexcept;
  ~ZipStream();

  // `name` is a relative path in UTF-8; the file before ends here.
  Result<void> begin_file(const std::string& name, Time changed_at, Packing packing = Packing::deflate);
  Result<void> write(std::string_view bytes);
  // After this only take() is left.
  Result<void> finish();
  // What came out since the last call.
  std::string take();

 private:
  struct Archive;
  explicit ZipStream(std::unique_ptr<Archive> archive);
  std::unique_ptr<Archive> archive_;
};

}  // namespace kith::runtime

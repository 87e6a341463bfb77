// Bytes on disk for each 98-byte message, with everything that belongs to it: ids, indexes, search, chain.
// --messages N, --conversations N, --group N.
#include "store_bench.h"

using namespace kith;
using namespace kith::bench;

namespace {

std::uintmax_t bytes_after_closing(const std::filesystem::path& folder, std::size_t conversations, std::size_t messages,
                                   std::size_t group) {
  {
    BenchHouse house(folder, conversations);
    house.fill(messages, group);
  }
  return std::filesystem::file_size(folder / "kith.db");
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t messages = number_option(argc, argv, "--messages", 500'000);
  const std::size_t conversations = number_option(argc, argv, "--conversations", 20'000);
  const std::size_t group = number_option(argc, argv, "--group", 50);
  const ScratchFolder empty;
  const ScratchFolder full;
  const double fdatasyncs = fdatasyncs_per_second(full.path());
  // The people and their empty conversations are not counted.
  const auto before = bytes_after_closing(empty.path(), conversations, 0, group);
  const auto after = bytes_after_closing(full.path(), conversations, messages, group);
  fmt::print("stored_bytes messages={} group={} bytes_per_message={:.1f} target=260 fdatasyncs_per_second={:.0f}\n",
             messages, group, static_cast<double>(after - before) / static_cast<double>(messages), fdatasyncs);
}

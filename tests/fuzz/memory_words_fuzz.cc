// Searching in memory: any bytes are some words, and a text always says the words that were taken from it.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "storage/memory/words.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view typed(reinterpret_cast<const char*>(data), size);
  for (const std::string& word : kith::memory::words_of(typed))
    if (!kith::memory::says_all(typed, {{{word}, false}})) std::abort();
  const auto phrases = kith::memory::phrases_of(typed);
  if (!kith::memory::says_all(typed, phrases)) std::abort();
  return 0;
}

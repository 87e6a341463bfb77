// Every page of a database file ends with a digest of its bytes and its number. It is written with the page and
// compared whenever the page is read from the disk, so that bytes a disk has changed are an error and never somebody's
// words. A layer between SQLite and the file system; decision 0015 says why. Pages that are still in the log are held
// against the sums that SQLite writes there, but itself compares only after a crash.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

struct sqlite3;

namespace kith::sqlite {

// Bytes at the end of each page that SQLite leaves to us.
inline constexpr int kDigestBytes = 8;
// user_version of a database whose pages carry digests: a second witness beside the byte of the header that says so.
inline constexpr int kPagesAreChecked = 1;

// The name of the checking layer over the file system layer called `base` (empty: the machine's own), for
// sqlite3_open_v2. Files without digests are read and written as they are; files that are new get digests.
const std::string& checked_layer_over(const std::string& base);

// Makes a database that has no page yet one with digests.
void begin_with_digests(sqlite3* database);

// Whether the pages of an open database carry digests. Only after something was read from it.
bool has_digests(sqlite3* database);

// The page this connection last found changed, since the last call.
std::optional<std::uint32_t> take_damaged_page(sqlite3* database);

}  // namespace kith::sqlite

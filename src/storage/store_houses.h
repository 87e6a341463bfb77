// For tests: every store there is, each in a house of its own. Another store joins every contract, property and
// simulation test by one more StoreHouse and one more line in store_kinds().
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <ostream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "base/log.h"
#include "storage/memory/memory_store.h"
#include "storage/sqlite/sqlite_store.h"

namespace kith {

// One store under test, and how to end and begin its process.
class StoreHouse {
 public:
  virtual ~StoreHouse() = default;
  virtual Store& store() = 0;
  // Drops everything that is not committed and opens what is.
  virtual void reopen() = 0;
  // Whatever the store can check about itself, the chain over entries included.
  virtual bool is_sound() = 0;
};

class MemoryHouse : public StoreHouse {
 public:
  Store& store() override { return store_; }
  void reopen() override { store_.reopen(); }
  bool is_sound() override { return store_.chain_holds(); }
  MemoryStore& memory_store() { return store_; }

 private:
  MemoryStore store_;
};

// On a scratch folder in memory where there is one: these tests ask what is kept, not how long a disk takes.
class SqliteHouse : public StoreHouse {
 public:
  explicit SqliteHouse(SqliteOptions options = {}, Log::Sink sink = Log::to_stderr())
      : log_(clock_, Level::error, std::move(sink)), options_(std::move(options)) {
    const std::filesystem::path shared = "/dev/shm";
    std::string name = ((std::filesystem::is_directory(shared) ? shared : std::filesystem::temp_directory_path()) /
                        "kith-store-XXXXXX")
                           .string();
    folder_ = ::mkdtemp(name.data());
    reopen();
  }
  ~SqliteHouse() override {
    store_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  Store& store() override { return *store_; }
  void reopen() override {
    store_.reset();
    auto opened = SqliteStore::open(folder_ / "kith.db", log_, options_);
    if (!opened) throw std::runtime_error("cannot open the store: " + opened.error().detail);
    store_ = std::move(*opened);
  }
  bool is_sound() override {
    auto checked = store_->check(CheckDepth::deep);
    if (!checked) std::fprintf(stderr, "store check: %s\n", checked.error().detail.c_str());
    return checked.has_value();
  }
  SqliteStore& sqlite_store() { return *store_; }
  [[nodiscard]] std::filesystem::path file() const { return folder_ / "kith.db"; }

 private:
  SystemClock clock_;
  Log log_;
  SqliteOptions options_;
  std::filesystem::path folder_;
  std::unique_ptr<SqliteStore> store_;
};

struct StoreKind {
  std::string name;
  std::unique_ptr<StoreHouse> (*open)();
  friend std::ostream& operator<<(std::ostream& out, const StoreKind& kind) { return out << kind.name; }
};

template <class House>
std::unique_ptr<StoreHouse> open_house() {
  return std::make_unique<House>();
}

inline std::vector<StoreKind> store_kinds() {
  return {{"memory", open_house<MemoryHouse>}, {"sqlite", open_house<SqliteHouse>}};
}

inline std::string name_of_kind(const ::testing::TestParamInfo<StoreKind>& info) {
  return info.param.name;
}

}  // namespace kith

// Rows in memory that can be put back as they were: every change leaves a note in a Journal saying how to undo it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace kith::memory {

// How to undo what was done, newest last.
class Journal {
 public:
  void note(std::function<void()> undo) { undo_.push_back(std::move(undo)); }
  [[nodiscard]] std::size_t mark() const { return undo_.size(); }
  // Undoes everything noted after `mark`.
  void undo_to(std::size_t mark) {
    while (undo_.size() > mark) {
      undo_.back()();
      undo_.pop_back();
    }
  }
  void forget() { undo_.clear(); }

 private:
  std::vector<std::function<void()>> undo_;
};

// Rows by key, in key order. `born` grows with every row added and stays when a row is replaced, so that lists can be
// told oldest first whatever ids the clients made up.
template <class Key, class Value>
class Table {
 public:
  struct Row {
    Value value;
    std::uint64_t born = 0;
  };
  using Rows = std::map<Key, Row>;

  [[nodiscard]] const Value* find(const Key& key) const {
    auto found = rows_.find(key);
    return found == rows_.end() ? nullptr : &found->second.value;
  }
  [[nodiscard]] bool contains(const Key& key) const { return rows_.contains(key); }
  [[nodiscard]] std::uint64_t born(const Key& key) const { return rows_.at(key).born; }
  [[nodiscard]] const Rows& rows() const { return rows_; }

  // Adds or replaces.
  void put(Journal& journal, const Key& key, Value value) {
    auto found = rows_.find(key);
    if (found == rows_.end()) {
      rows_.emplace(key, Row{std::move(value), next_born_++});
      journal.note([this, key] { rows_.erase(key); });
      return;
    }
    journal.note([this, key, before = found->second.value] { rows_.at(key).value = before; });
    found->second.value = std::move(value);
  }

  // Fine when the key is absent.
  void erase(Journal& journal, const Key& key) {
    auto found = rows_.find(key);
    if (found == rows_.end()) return;
    journal.note([this, key, before = found->second] { rows_.emplace(key, before); });
    rows_.erase(found);
  }

 private:
  Rows rows_;
  std::uint64_t next_born_ = 1;
};

// An index: pairs of (what is looked for, what is found), in that order.
struct Nothing {};
template <class Looked, class Found>
class Index {
 public:
  void add(Journal& journal, const Looked& looked, const Found& found) { table_.put(journal, {looked, found}, {}); }
  void remove(Journal& journal, const Looked& looked, const Found& found) { table_.erase(journal, {looked, found}); }
  [[nodiscard]] std::vector<Found> find(const Looked& looked) const {
    std::vector<Found> all;
    for (auto at = table_.rows().lower_bound({looked, Found{}}); at != table_.rows().end(); ++at) {
      if (at->first.first != looked) break;
      all.push_back(at->first.second);
    }
    return all;
  }
  [[nodiscard]] const auto& rows() const { return table_.rows(); }

 private:
  Table<std::pair<Looked, Found>, Nothing> table_;
};

}  // namespace kith::memory

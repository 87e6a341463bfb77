// The store that forgets everything when it is gone: for tests and simulations. Keeps every promise of
// domain/ports/store.h; readers wait while a group is being written. Runs every group twice, as any store may once in a
// while, so that a use case that cannot bear it fails its tests.
#pragma once

#include <memory>
#include <optional>
#include <shared_mutex>

#include "domain/ports/store.h"

namespace kith {

namespace memory {
struct State;
}

class MemoryStore : public Store {
 public:
  MemoryStore();
  ~MemoryStore() override;

  GroupOutcome commit_group(std::span<WriteUnit* const> units, Time now, Random& random) override;
  Result<std::unique_ptr<Reader>> open_reader() override;

  // The next commit fails with `why`, and nothing of its group is kept.
  void fail_next_commit(Errc why) { next_failure_ = why; }
  // As if the process had ended and begun again: what was committed is there, and writing works again.
  void reopen() { refusing_ = false; }
  // True when every entry and version still is what was sealed (I3).
  [[nodiscard]] bool chain_holds() const;
  // Changes the text of one entry behind the chain's back, so that a test can see chain_holds() notice.
  bool tamper_with(EntryId id);

 private:
  std::unique_ptr<memory::State> state_;
  // Guards state_: writers alone, readers together.
  mutable std::shared_mutex reading_or_writing_;
  std::optional<Errc> next_failure_;
  bool refusing_ = false;
};

}  // namespace kith

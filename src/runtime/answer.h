// Work that another thread does for a coroutine: the pieces that StoreThread and WorkerPool share.
#pragma once

#include <memory>
#include <vector>

#include <boost/asio/any_io_executor.hpp>

namespace kith::runtime {

// A coroutine (or a blocked thread) that waits for what the other thread finds out. Owns everything it needs, so
// whoever asked may be long gone.
class Waiting {
 public:
  virtual ~Waiting() = default;
  // Where answer() has to run; empty when it may run on any thread.
  [[nodiscard]] virtual boost::asio::any_io_executor where() const = 0;
  // Hands over the result. The last call to this object.
  virtual void answer() = 0;
};

// Answers all of them in order, with one hop per executor instead of one per waiter. Empty pointers are skipped.
void answer_all(std::vector<std::unique_ptr<Waiting>> waiting);

}  // namespace kith::runtime

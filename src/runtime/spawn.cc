#include "runtime/spawn.h"

namespace kith::runtime {

void log_failed_coroutine(Log& log, const char* name, const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const std::exception& what) {
    log.error("coroutine_failed", {{"name", name}, {"what", what.what()}});
  } catch (...) {
    log.error("coroutine_failed", {{"name", name}, {"what", "not a std::exception"}});
  }
}

}  // namespace kith::runtime

// When somebody is here, as the page at /hello tells it: the same that the panel shows in Hours.svelte. Seven days,
// each as it comes next; then what is different in the month after them.
#pragma once

#include "base/clock.h"
#include "domain/opening.h"
#include "http/hello_words.h"
#include "http/html.h"

namespace kith::http {

// Nothing where no hours were given. `unfolded`: at once to be seen, not only when asked for.
void tell_week(Html& html, const Opening& opening, const HelloWords& words, Time now, bool unfolded);

}  // namespace kith::http

// What happened, as live connections deliver it and catching up repeats it: one complete JSON object with the seq, the
// name of the event and the full new state of the thing.
#pragma once

#include <string>

#include "domain/event.h"

namespace kith::wire {

// {"type":"event","seq":7,"event":"entry_added","conversation":"...","entry":{...}}. Empty for SessionsEnded, which
// stays in the house. Nothing in it is secret from the person the conversation belongs to.
std::string encode_event(const Event& event);

// "entry_added" ...; nullptr for SessionsEnded.
const char* event_name(const EventBody& body);

}  // namespace kith::wire

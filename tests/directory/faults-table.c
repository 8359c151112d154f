/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The faults, and what becomes of a request that is hit. `roster-service --help-faults` says what
 * each does. */
#include "faults.h"

/* What a second of waiting lasts, in milliseconds: long where nothing has to be waited for, so that
 * a busy computer runs into no time-out; short where pauses or time-outs are what is tested. */
#define LONG    1000
#define USUAL   50
#define PAUSES  10
#define STALLED 15

#define GOOD    FAULT_GOOD
#define AGAIN   FAULT_AGAIN
#define BAD     FAULT_BAD
#define REFUSED FAULT_REFUSED
#define UNCLEAR FAULT_UNCLEAR
#define LOST    FAULT_LOST

#define ALONE   FAULT_ALONE
#define BREAKS  FAULT_BREAKS
#define BODY    FAULT_IN_BODY
#define LISTS   FAULT_IN_LISTS
#define WRITES  FAULT_IN_WRITES
#define PATCHES FAULT_IN_PATCHES
#define WIDE    FAULT_WIDE
#define PERSON  FAULT_IN_PERSON

/* What must be said, and what to do next. */
#define NOTHING         NULL, NULL
#define REFUSES         "Nothing answers at the service’s address", "whether the service is running"
#define NO_ANSWER       "nothing came for 30 seconds", "Try again in a while"
#define ENDED           "ended the connection before it answered", "Try again in a while"
#define UNREADABLE      "something that is not SCIM", "Check that the address is that of a SCIM"
#define DAMAGED         "damaged or incomplete", "tell whoever looks after the service"
#define TOO_LARGE       "answer is too large", "Tell whoever looks after the service"
#define OTHER_USER      "another user than was asked for", "Tell whoever looks after the service"
#define SIGN_IN         "Signing in was refused", "Check the credentials"
#define ELSEWHERE(host) host, "Use the address it points to"
#define DETAIL(code)    "Fault " #code
#define LATER           "Try again in a while"

/* clang-format off */
const Fault fault_table[] = {
  /* The connection */
  { "Connections are refused", "refuse", NULL, ALONE | BREAKS, BAD, BAD, REFUSED, REFUSES, USUAL },
  { "The answer is slow", "delay:100", NULL, 0, GOOD, GOOD, GOOD, NOTHING, USUAL },
  { "No answer comes", "stall", NULL, BREAKS | WIDE, BAD, BAD, UNCLEAR, NO_ANSWER, STALLED },
  { "Half of the answer comes, then nothing", "stall-body", NULL, BREAKS | BODY, BAD, BAD, LOST, NO_ANSWER, STALLED },
  { "The connection ends before the answer", "drop", NULL, BREAKS | WIDE, BAD, BAD, UNCLEAR, ENDED, PAUSES },
  { "The same, once", "drop", "times=1", 0, AGAIN, AGAIN, UNCLEAR, ENDED, PAUSES },
  { "The connection ends within the headers", "drop-headers", NULL, BREAKS, BAD, BAD, LOST, DAMAGED, PAUSES },
  { "The connection ends within the body", "drop-body", NULL, BREAKS | BODY, BAD, BAD, LOST, ENDED, PAUSES },
  /* The body */
  { "Half a document", "truncated", NULL, BODY | WIDE, BAD, BAD, LOST, DAMAGED, USUAL },
  { "More bytes than announced", "long-body", NULL, BODY, GOOD, GOOD, GOOD, NOTHING, USUAL },
  { "1 GB, compressed", "bomb", NULL, BODY, BAD, BAD, LOST, TOO_LARGE, LONG },
  { "200 MB", "huge", NULL, BODY, BAD, BAD, LOST, TOO_LARGE, LONG },
  { "65 levels", "deep:65", NULL, BODY, BAD, BAD, LOST, DAMAGED, USUAL },
  { "100,000 levels", "deep:100000", NULL, BODY, BAD, BAD, LOST, DAMAGED, USUAL },
  { "Another media type", "type:text/html", NULL, BODY, GOOD, GOOD, GOOD, NOTHING, USUAL },
  { "An error that says it is none", "error-200", NULL, 0, BAD, BAD, UNCLEAR, "Fault error-200", NULL, USUAL },
  /* The members */
  { "Numbers for texts and texts for numbers", "wrong-types", NULL, BODY, BAD, GOOD, LOST, OTHER_USER, USUAL },
  { "No ids", "missing:id", NULL, BODY, BAD, BAD, LOST, UNREADABLE, USUAL },
  { "No user names", "missing:userName", NULL, BODY, GOOD, GOOD, GOOD, NOTHING, USUAL },
  { "No schemas", "missing:schemas", NULL, BODY, GOOD, GOOD, GOOD, NOTHING, USUAL },
  { "No resources", "missing:Resources", NULL, BODY, GOOD, BAD, GOOD, UNREADABLE, USUAL },
  { "Markup, newlines and turned text", "markup", NULL, PERSON, GOOD, GOOD, GOOD, NOTHING, LONG },
  { "A name of 1 MB", "long-names", NULL, PERSON, GOOD, GOOD, GOOD, NOTHING, LONG },
  { "Ids with / ? # % and other letters", "odd-ids", NULL, PERSON, GOOD, GOOD, GOOD, NOTHING, USUAL },
  /* The list */
  { "A total of 1", "wrong-total:1", NULL, LISTS, GOOD, GOOD, GOOD, NOTHING, USUAL },
  { "A total of 100,000", "wrong-total:100000", NULL, LISTS, GOOD, GOOD, GOOD, NOTHING, USUAL },
  { "Every page is the first", "same-page", NULL, LISTS, GOOD, FAULT_SHORT, GOOD, NOTHING, USUAL },
  { "Pages without end", "endless", NULL, LISTS | FAULT_ENDLESS, GOOD, BAD, GOOD, "Reading the users was stopped", NULL, LONG },
  { "The same ids again", "duplicate-ids", NULL, LISTS, GOOD, FAULT_SHORT, GOOD, NOTHING, USUAL },
  /* Signing in */
  { "The token has expired", "expire", "times=1", 0, AGAIN, AGAIN, AGAIN, NOTHING, USUAL },
  { "401, once", "status:401", "times=1", 0, AGAIN, AGAIN, AGAIN, NOTHING, USUAL },
  { "401", "status:401", NULL, WIDE, BAD, BAD, REFUSED, SIGN_IN, USUAL },
  /* The status */
  { "400", "status:400", NULL, 0, BAD, BAD, REFUSED, DETAIL (400), NULL, USUAL },
  { "400 in WSO2’s words", "status:400,wso2", NULL, 0, BAD, BAD, REFUSED, DETAIL (400), NULL, USUAL },
  { "403 without a word", "status:403,empty", NULL, WIDE, BAD, BAD, REFUSED, "403", "Ask whoever looks after the service", USUAL },
  { "403", "status:403", NULL, 0, BAD, BAD, REFUSED, DETAIL (403), "Ask whoever looks after the service", USUAL },
  { "404", "status:404", NULL, 0, BAD, BAD, REFUSED, DETAIL (404), NULL, USUAL },
  { "409", "status:409", NULL, 0, BAD, BAD, REFUSED, DETAIL (409), NULL, USUAL },
  { "412", "status:412", NULL, 0, BAD, BAD, REFUSED, DETAIL (412), NULL, USUAL },
  { "413", "status:413", NULL, 0, BAD, BAD, REFUSED, DETAIL (413), NULL, USUAL },
  { "429", "status:429", NULL, WIDE, BAD, BAD, REFUSED, DETAIL (429), "Wait a minute", PAUSES },
  { "429, once", "status:429", "times=1", 0, AGAIN, AGAIN, REFUSED, DETAIL (429), "Wait a minute", PAUSES },
  { "429, once, again after 2 seconds", "status:429,after=2", "times=1", 0, AGAIN, AGAIN, REFUSED, DETAIL (429), "Try again in 2 seconds", PAUSES },
  { "429, once, again at a date", "status:429,date=2", "times=1", 0, AGAIN, AGAIN, REFUSED, DETAIL (429), "Try again in", PAUSES },
  { "429, again after 2 seconds", "status:429,after=2", NULL, 0, BAD, BAD, REFUSED, DETAIL (429), "Try again in 2 seconds", PAUSES },
  { "500", "status:500", NULL, 0, BAD, BAD, UNCLEAR, DETAIL (500), LATER, PAUSES },
  { "500 as text", "status:500,text", NULL, 0, BAD, BAD, UNCLEAR, DETAIL (500), LATER, PAUSES },
  { "500 as a web page", "status:500,html", NULL, 0, BAD, BAD, UNCLEAR, "500", LATER, PAUSES },
  { "501", "status:501", NULL, 0, BAD, BAD, REFUSED, DETAIL (501), NULL, USUAL },
  { "502 as a web page", "status:502,html", NULL, 0, BAD, BAD, UNCLEAR, "502", LATER, PAUSES },
  { "503 as a web page", "status:503,html", NULL, WIDE, BAD, BAD, UNCLEAR, "503", LATER, PAUSES },
  { "503, once", "status:503", "times=1", 0, AGAIN, AGAIN, UNCLEAR, DETAIL (503), LATER, PAUSES },
  /* Redirects */
  { "To the same service", "redirect:same", NULL, 0, GOOD, GOOD, REFUSED, ELSEWHERE ("127.0.0.1"), USUAL },
  { "To another service", "redirect:cross", NULL, 0, BAD, BAD, REFUSED, ELSEWHERE ("localhost"), USUAL },
  { "In circles", "redirect:loop", NULL, 0, BAD, BAD, REFUSED, "address", NULL, USUAL },
  /* What is stored */
  { "More is written than was sent", "wipe-siblings", NULL, PATCHES, GOOD, GOOD, FAULT_WIPED, NOTHING, USUAL },
  { "Nothing is written", "ignore-write", NULL, WRITES, GOOD, GOOD, FAULT_IGNORED, NOTHING, USUAL },
  { "The answer to a write is lost", "lose-answer", NULL, WRITES, GOOD, GOOD, LOST, ENDED, PAUSES },
  { "A part is written", "half-write", NULL, PATCHES, GOOD, GOOD, FAULT_HALF, "Fault half-write", NULL, USUAL },
  /* Somebody else */
  { "Changes what is edited here", "changed:title=Theirs", "times=1", 0, FAULT_CHANGED, GOOD, FAULT_CHANGED, "Somebody else", NULL, USUAL },
  { "Changes something else", "changed:nickName=Theirs", "times=1", 0, FAULT_BESIDE, GOOD, FAULT_BESIDE, NOTHING, USUAL },
  { "Deletes the user", "deleted", "times=1", 0, FAULT_GONE, GOOD, FAULT_GONE, "does not have", NULL, USUAL },
};
/* clang-format on */
const guint fault_table_length = G_N_ELEMENTS (fault_table);

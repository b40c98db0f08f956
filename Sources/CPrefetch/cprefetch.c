// All there is to it is in the header, so that it is inlined; a target has to have a source.
#include "cprefetch.h"

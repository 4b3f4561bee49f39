"""A small app around one web view, for tests: WebKitGTK's own message handler with reply, of the name kanmai.

Lines of JSON on stdin say what to do ({"do": script, "id": n}, {"says": {"verbs": [...], "signals": "also", "ok": true, "receipt": false}});
lines on stdout say what came of it ({"done": value, "id": n}, {"call": {...}}, {"loaded": address}).
"""

import json
import sys
import threading
from datetime import datetime, timezone

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import GLib, Gtk, JavaScriptCore, WebKit2  # noqa: E402

says = {"verbs": ["open", "copy", "share", "login", "signal"], "ok": True}


def say(what):
    print(json.dumps(what), flush=True)


def answer_to(call):
    """What the app answers; None is silence."""
    if call["verb"] == "hello":
        value = {"verbs": says["verbs"], "signals": says.get("signals", "also")}
    elif call["verb"] == "signal" and says.get("receipt"):
        ids = [it["id"] for it in call["body"]["signals"]]
        value = {"accepted": ids, "duplicate": [], "rejected": [], "now": datetime.now(timezone.utc).isoformat()}
    else:
        value = None
    if says["ok"] is None and call["verb"] != "hello":
        return None
    return {"kanmai": 1, "id": call["id"], "ok": call["verb"] == "hello" or says["ok"], "value": value}


silent = []


def handle_message(manager, value, reply):
    call = json.loads(value.to_string())
    say({"call": call})
    answer = answer_to(call)
    if answer is None:
        # Kept, so that it is never answered: what is let go of answers by itself.
        silent.append(reply.ref())
    else:
        reply.return_value(JavaScriptCore.Value.new_string(value.get_context(), json.dumps(answer)))
    return True


def handle_line(line):
    told = json.loads(line)
    if "says" in told:
        says.update(told["says"])
        say({"heard": True})
        return

    def done(view, result):
        try:
            value = view.call_async_javascript_function_finish(result)
            say({"id": told["id"], "done": json.loads(value.to_json(0) or "null")})
        except GLib.Error as error:
            say({"id": told["id"], "error": error.message})

    view.call_async_javascript_function(told["do"], -1, None, None, None, None, done)


def read_lines():
    for line in sys.stdin:
        GLib.idle_add(handle_line, line)
    GLib.idle_add(Gtk.main_quit)


def handle_load(view, event):
    if event == WebKit2.LoadEvent.FINISHED:
        say({"loaded": view.get_uri()})


manager = WebKit2.UserContentManager()
manager.connect("script-message-with-reply-received::kanmai", handle_message)
if not manager.register_script_message_handler_with_reply("kanmai", None):
    sys.exit("the message handler was not registered")
view = WebKit2.WebView.new_with_user_content_manager(manager)
view.connect("load-changed", handle_load)
window = Gtk.Window(default_width=390, default_height=844)
window.add(view)
window.show_all()
view.load_uri(sys.argv[1])
threading.Thread(target=read_lines, daemon=True).start()
Gtk.main()

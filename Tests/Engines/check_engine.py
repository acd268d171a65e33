"""Does an engine keep what the protocol promises? Asks every verb that it knows and says what it found.

    python3 check_engine.py [--transcript] [--steps 10] [--seconds 60] python3 engine.py

Promises that are kept are told one a line; the first that is broken ends the check with a sentence and status 1. With
--transcript the requests and answers stand between them, long lists shortened, the folder of files as `…`.
"""
import argparse, json, sys, tempfile, time

from promises import scores, training
from promises.check import Check
from promises.files import Broken
from promises.program import Program, shortened


def promises(check):
    training.initialize(check)
    check.draw_mask()
    training.training(check)
    training.masked(check)
    training.evaluate(check)
    if check.knows("gradient"):
        scores.gradients(check)
        scores.synflow(check)
    for verb in ("hessian-vector", "activation-norms", "statistics", "labels"):
        if check.knows(verb):
            getattr(scores, verb.replace("-", "_"))(check)
    training.errors(check)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--transcript", action="store_true", help="show requests and answers")
    parser.add_argument("--steps", type=int, default=10, help="how long trainings are")
    parser.add_argument("--seconds", type=float, default=60, help="how long the program may be silent")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    started, programs = time.monotonic(), []
    with tempfile.TemporaryDirectory() as folder:

        def show(mark, words):
            if options.transcript:
                print(mark, json.dumps(shortened(words), ensure_ascii=False).replace(folder, "…"), flush=True)

        def start():
            programs.append(Program(options, len(programs), show))
            return programs[-1]

        def tell(sentence):
            print("ok", sentence, flush=True)

        try:
            check = Check(options, folder, start(), tell)
            promises(check)
            if check.about["deterministic"]:
                training.fresh(check, start())
            for program in programs:
                program.end()
            tell(f"ends with its input; {time.monotonic() - started:.1f} s in all")
        except Broken as broken:
            sys.exit(f"broken: {broken}")
        except KeyError as missing:
            sys.exit(f"broken: an answer lacks {missing}")
        finally:
            for program in programs:
                program.kill()


if __name__ == "__main__":
    main()

"""R10: whatever is asked of a real database in whatever order, its own sums are what the entries add up to."""

from contextlib import ExitStack, suppress
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from builders import TODAY, a_batch, at_work, fresh, keep
from ldninv.domain.entries import Decision, DisposalReason, out_of_the_house, stock_after
from ldninv.domain.refusal import Refused
from ldninv.services import ledger, places, recall, safety, standing

LOT = "A1"
FEW = st.integers(-1, 60)


class AnyOrder(RuleBasedStateMachine):
    """One batch, and all that people can do to it."""

    @initialize(made=st.integers(1, 90))
    def make(self, made):
        self.open = ExitStack()
        self.most = made
        self.here = self.open.enter_context(fresh())
        self.first = TODAY + timedelta(days=200)
        keep(self.here, a_batch(lot=LOT, made=made, beyond_use=self.first), released=False)
        places.add_place(self.here, "Bin")

    def ask(self, verb, *arguments, **more):
        with suppress(Refused):
            verb(self.here, LOT, *arguments, **more)

    @rule(days=st.integers(-1, 90))
    def wait(self, days):
        self.here = at_work(self.here.store, self.here.today() + timedelta(days=days))

    @rule(few=FEW)
    def dispense(self, few):
        self.ask(ledger.dispense, few, days_supply=few, reinspected=True)

    @rule(few=FEW)
    def waste(self, few):
        self.ask(ledger.waste, few, reason="dropped")

    @rule(few=FEW)
    def sample(self, few):
        self.ask(ledger.sample, few)

    @rule(few=FEW)
    def accept_return(self, few):
        self.ask(ledger.accept_return, few)

    @rule(few=FEW, reason=st.sampled_from(DisposalReason))
    def dispose(self, few, reason):
        self.ask(ledger.dispose, few, reason=reason)

    @rule(few=FEW)
    def count(self, few):
        self.ask(ledger.count, few, reason="counted twice")
        self.most = max(self.most, few)

    @rule(place=st.sampled_from(("Bin", "Shelf A")))
    def move(self, place):
        self.ask(ledger.move, place)

    @rule(verb=st.sampled_from((standing.quarantine, standing.hold, standing.reject)))
    def stop(self, verb):
        self.ask(verb, reason="odd smell")

    @rule()
    def release(self):
        self.ask(standing.release)

    @rule(decision=st.sampled_from(Decision), days=st.none() | st.integers(-1, 210))
    def decide(self, decision, days):
        expires = None if days is None else TODAY + timedelta(days=days)
        self.ask(standing.decide, decision, reason="warm", expires=expires)

    @rule()
    def recall(self):
        with suppress(Refused):
            recall.open_recall(self.here, lot=LOT, reason="chipped")

    @rule(back=st.integers(0, 6))
    def void(self, back):
        with self.here.store.reading() as work:
            last = work.ledger.last()
        with suppress(Refused):
            ledger.void(self.here, last - back, reason="a slip")

    @invariant()
    def the_databases_sums_are_what_the_entries_add_up_to(self):
        with self.here.store.reading() as work:
            kept = work.batches.by_lot(LOT)
            history = work.ledger.of(kept.batch.id, LOT)
        stock = stock_after((each.entry for each in history), (each.id for each in history))

        assert kept.stock == stock
        assert 0 <= stock.returned <= stock.on_hand <= self.most
        assert out_of_the_house(history) >= 0
        assert kept.batch.expiry.on <= self.first
        assert (kept.batch.first_expiry or kept.batch.expiry).on == self.first

    def teardown(self):
        assert safety.check(self.here) == []
        self.open.close()


AnyOrder.TestCase.settings = settings(max_examples=40, stateful_step_count=25)
TestAnyOrder = AnyOrder.TestCase

package io.tabot.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.signal.CandleMessage.Acknowledgement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedAcknowledgementTest {
    private final List<String> answers = new ArrayList<>();
    private final Acknowledgement whole = new Acknowledgement() {
        @Override
        public void done() {
            answers.add("done");
        }

        @Override
        public void retry() {
            answers.add("retry");
        }
    };

    @Test
    void isDoneOnceAllAre() {
        var shares = SharedAcknowledgement.of(whole, 2);
        var first = shares.get();
        var second = shares.get();

        first.done();
        first.done();
        assertThat(answers).isEmpty();

        second.done();
        assertThat(answers).containsExactly("done");
    }

    @Test
    void isRetriedAsAWholeAndThenNeverDone() {
        var shares = SharedAcknowledgement.of(whole, 2);

        shares.get().retry();
        shares.get().done();

        assertThat(answers).containsExactly("retry");
    }
}

package io.tabot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class JournalSettingsTest {
    private static final String MONGODB = "mongodb://user:geheim@mongo:27017/trade?authSource=admin";
    private static final String MYSQL = "mysql+pymysql://user:geheim@db:3306/trade";

    @Test
    void takesTheJournalsWhoseAddressIsGiven() {
        assertThat(load(Map.of()).names()).containsExactly("embedded");
        assertThat(load(Map.of("MONGODB_URI", MONGODB)).names()).containsExactly("mongodb");
        assertThat(load(Map.of("MYSQL_URI", MYSQL)).names()).containsExactly("mysql");
        assertThat(load(Map.of("MYSQL_URI", MYSQL, "MONGODB_URI", MONGODB)).names())
                .containsExactly("mongodb", "mysql");
    }

    @Test
    void takesTheNamedJournalsWhateverElseIsGiven() {
        assertThat(load(Map.of("TABOT_JOURNALS", "embedded", "MYSQL_URI", MYSQL))
                        .names())
                .containsExactly("embedded");
        assertThat(load(Map.of("TABOT_JOURNALS", "mysql", "MYSQL_URI", MYSQL, "MONGODB_URI", MONGODB)))
                .satisfies(journals -> assertThat(journals.mysql()).hasToString("Optional[mysql://db:3306/trade]"))
                .satisfies(journals -> assertThat(journals.mongodb()).isEmpty());
    }

    @Test
    void putsTheAddressOfMySqlTogetherFromItsParts() {
        var uri = load(Map.of(
                        "TABOT_JOURNALS", "mysql",
                        "MYSQL_HOST", "db",
                        "MYSQL_PORT", "3307",
                        "MYSQL_USER", "u",
                        "MYSQL_PASSWORD", "p@ss",
                        "MYSQL_DATABASE", "trade"))
                .mysql()
                .orElseThrow();

        assertThat(uri).hasToString("mysql://db:3307/trade");
        assertThat(uri.user()).isEqualTo("u");
        assertThat(uri.password()).isEqualTo("p@ss");
    }

    @Test
    void theDatabaseOfItsSettingWinsOverThatOfTheAddress() {
        var journals = load(Map.of("MONGODB_URI", MONGODB, "MONGODB_DATABASE", "other"));

        assertThat(journals.mongodb()).hasToString("Optional[mongodb://mongo:27017/other]");
    }

    @Test
    void showsNoPassword() {
        var settings = Settings.load(
                Map.of("MONGODB_URI", MONGODB, "MYSQL_URI", MYSQL + "?password=geheim", "MYSQL_PASSWORD", "geheim"),
                new Properties(),
                null);

        assertThat(settings.toString() + settings.journals())
                .doesNotContain("geheim")
                .contains("mongo:27017");
    }

    private static JournalSettings load(Map<String, String> environment) {
        return Settings.load(environment, new Properties(), null).journals();
    }
}

package io.tabot.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JournalUriTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "mysql://u:p@db:3307/trade | db:3307 | trade | u | p",
                "mysql+pymysql://u:p@db/trade?charset=utf8mb4 | db:3306 | trade | u | p",
                "mysql://u%40x:p%40ss%2Fw%3Ar%25d+@10.0.0.1/a%20b | 10.0.0.1:3306 | a b | u@x | p@ss/w:r%d+",
                "mysql://u:p@s@db/trade | db:3306 | trade | u | p@s",
                "jdbc:mysql://[::1]:3306/trade?user=u&password=p%26 | [::1]:3306 | trade | u | p&",
                "mysql://u@db/trade | db:3306 | trade | u | ''"
            })
    void understandsTheUsualFormsOfMySql(String text, String server, String database, String user, String password) {
        var uri = MySqlUri.parse(text);

        assertThat(uri.server()).isEqualTo(server);
        assertThat(uri.database()).isEqualTo(database);
        assertThat(uri.user()).isEqualTo(user);
        assertThat(uri.password()).isEqualTo(password);
        assertThat(uri.options()).doesNotContainKeys("charset", "user", "password");
        assertThat(uri).hasToString("mysql://" + server + "/" + database);
    }

    @Test
    void givesMySqlFiniteTimesAndTheOptionsOfItsUri() {
        var url = MySqlUri.parse("mysql://u:p@db/trade?sslMode=VERIFY_IDENTITY&connectTimeout=7")
                .jdbcUrl();

        assertThat(url)
                .startsWith("jdbc:mysql://db:3306/trade?")
                .contains("sslMode=VERIFY_IDENTITY", "connectTimeout=7", "socketTimeout=2500")
                .doesNotContain("u:p", "connectTimeout=2000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://u:secret@db/trade",
                "mysql://u:secret@db",
                "mysql://u:secret@/trade",
                "mysql://u:secret%zz@db/trade",
                "mysql://u:secret@db:port/trade",
                "mysql://u:secret@a,b/trade"
            })
    void refusesAnAddressOfMySqlWithoutQuotingIt(String text) {
        assertThatThrownBy(() -> MySqlUri.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "mongodb://u:secret@a:27017/trade, '', trade, mongodb://a:27017/trade",
        "mongodb://u:secret@a/trade?authSource=admin, other, other, mongodb://a/other",
        "'mongodb://a,b:27018/?replicaSet=rs0', '', petrosa, 'mongodb://a,b:27018/petrosa'",
        "mongodb://a, '', petrosa, mongodb://a/petrosa",
        "mongodb://a/trade?readPreference=primary, '', trade, mongodb://a/trade"
    })
    void understandsTheUsualFormsOfMongoDb(String text, String setting, String database, String shown) {
        var uri = MongoUri.parse(text, setting);

        assertThat(uri.database()).isEqualTo(database);
        assertThat(uri).hasToString(shown);
        assertThat(uri.withTimeouts())
                .startsWith(text)
                .contains("serverSelectionTimeoutMS=2000", "socketTimeoutMS=2500");
        assertThat(MongoUri.parse(uri.withTimeouts(), setting)).hasToString(shown);
    }

    @Test
    void leavesTheTimesThatAnAddressOfMongoDbHas() {
        assertThat(MongoUri.parse("mongodb://a/?serverselectiontimeoutms=9000", "")
                        .withTimeouts())
                .contains("serverselectiontimeoutms=9000&connectTimeoutMS=2000")
                .doesNotContain("serverSelectionTimeoutMS=2000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mongodb://u:secret@a/trade?readPreference=secondary",
                "mongodb://u:secret@a/trade?readPreference=primaryPreferred",
                "mongo://u:secret@a/trade",
                "mongodb://u:sec/secret@a/trade",
                ""
            })
    void refusesAnAddressOfMongoDbWithoutQuotingIt(String text) {
        assertThatThrownBy(() -> MongoUri.parse(text, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("secret@", "u:");
    }
}

using System.Text.Json;
using DuckDB.NET.Data;
using Tidegate.Insight.CallLog;
using Tidegate.Insight.CallLog.Segments;
using Tidegate.Insight.CallLog.Sql;

namespace Tidegate.Tests.Insight.CallLog.Sql;

/// <summary>The first two walls around free SQL: the gate that looks at the tree, and the engine without access.</summary>
public sealed class SqlGateTests : IDisposable
{
    private readonly DuckDBConnection _engine = new("DataSource=:memory:");

    public SqlGateTests()
    {
        _engine.Open();
        Engine.Run(_engine, "CREATE TABLE calls AS SELECT 200 AS status, 'orders' AS route, '/' AS path; CREATE TABLE attempts AS SELECT 0 AS index");
        Engine.Run(_engine, Engine.NothingOutside);
        Engine.Run(_engine, "BEGIN TRANSACTION READ ONLY");
    }

    public void Dispose() => _engine.Dispose();

    [Theory]
    // Other statements
    [InlineData("INSERT INTO calls SELECT * FROM calls")]
    [InlineData("DELETE FROM calls")]
    [InlineData("UPDATE calls SET status = 1")]
    [InlineData("TRUNCATE calls")]
    [InlineData("DROP VIEW calls")]
    [InlineData("CREATE TABLE x AS SELECT 1")]
    [InlineData("CREATE MACRO f(x) AS x")]
    [InlineData("ALTER TABLE calls ADD COLUMN x INTEGER")]
    [InlineData("COPY calls TO '/tmp/x.csv'")]
    [InlineData("COPY (SELECT 1) TO '/tmp/x.csv'")]
    [InlineData("COPY calls FROM '/etc/passwd'")]
    [InlineData("EXPORT DATABASE '/tmp/x'")]
    [InlineData("IMPORT DATABASE '/tmp/x'")]
    [InlineData("ATTACH '/tmp/x.db'")]
    [InlineData("DETACH memory")]
    [InlineData("USE temp")]
    [InlineData("SET memory_limit = '10GB'")]
    [InlineData("SET enable_external_access = true")]
    [InlineData("SET VARIABLE x = 1")]
    [InlineData("RESET memory_limit")]
    [InlineData("PRAGMA database_list")]
    [InlineData("PRAGMA enable_profiling")]
    [InlineData("CALL pragma_version()")]
    [InlineData("INSTALL httpfs")]
    [InlineData("LOAD httpfs")]
    [InlineData("CHECKPOINT")]
    [InlineData("VACUUM")]
    [InlineData("BEGIN")]
    [InlineData("COMMIT")]
    [InlineData("EXPLAIN ANALYZE SELECT 1")]
    [InlineData("PREPARE p AS SELECT 1")]
    [InlineData("EXECUTE p")]
    [InlineData("SHOW TABLES")]
    [InlineData("SHOW ALL TABLES")]
    [InlineData("SHOW DATABASES")]
    [InlineData("DESCRIBE")]
    [InlineData("MERGE INTO calls USING attempts ON true WHEN MATCHED THEN DELETE")]
    [InlineData("WITH x AS (DELETE FROM calls RETURNING *) SELECT * FROM x")]
    [InlineData("WITH x AS (INSERT INTO calls SELECT * FROM calls RETURNING *) SELECT * FROM x")]
    // More than one, and hidden ones
    [InlineData("SELECT 1; SELECT 2")]
    [InlineData("SELECT 1; DROP VIEW calls")]
    [InlineData("SELECT 1 /* ; */; -- \nDROP VIEW calls")]
    [InlineData("SELECT 1;;SET threads = 1")]
    [InlineData("/* SELECT */ PRAGMA version")]
    [InlineData("SELECT 1 \u2028; DROP VIEW calls")]
    // Files and network as tables
    [InlineData("SELECT * FROM '/etc/passwd'")]
    [InlineData("SELECT * FROM \"/etc/passwd\"")]
    [InlineData("SELECT * FROM 'x.csv'")]
    [InlineData("SELECT * FROM 'https://example.com/x.parquet'")]
    [InlineData("FROM 's3://bucket/x.parquet'")]
    [InlineData("WITH \"x.csv\" AS (SELECT 1) SELECT * FROM (WITH y AS (SELECT 1) SELECT * FROM y), \"x.csv\"")]
    [InlineData("SELECT * FROM (WITH x AS (SELECT 1) SELECT * FROM x) a, x")]
    [InlineData("WITH calls AS (SELECT 1) SELECT * FROM calls")]
    [InlineData("SELECT * FROM read_csv('/etc/passwd')")]
    [InlineData("SELECT * FROM READ_CSV_AUTO('/etc/passwd')")]
    [InlineData("SELECT * FROM \"read_text\"('/etc/passwd')")]
    [InlineData("SELECT * FROM read_blob('/proc/self/environ')")]
    [InlineData("SELECT * FROM read_parquet('*')")]
    [InlineData("SELECT * FROM parquet_metadata('x')")]
    [InlineData("SELECT * FROM read_json('x')")]
    [InlineData("SELECT * FROM read_ndjson_objects('x')")]
    [InlineData("SELECT * FROM read_duckdb('x')")]
    [InlineData("SELECT * FROM glob('/etc/*')")]
    [InlineData("SELECT * FROM sniff_csv('/etc/passwd')")]
    [InlineData("SELECT (SELECT content FROM read_text('/etc/passwd'))")]
    [InlineData("SELECT * FROM calls WHERE EXISTS (SELECT * FROM glob('/*'))")]
    [InlineData("SELECT * FROM calls ORDER BY (SELECT count(*) FROM glob('/*'))")]
    [InlineData("SELECT * FROM calls LIMIT (SELECT count(*) FROM glob('/*'))")]
    [InlineData("SELECT sum(status) FILTER ((SELECT count(*) FROM glob('/*')) > 0) FROM calls")]
    [InlineData("SELECT sum(status) OVER (ORDER BY (SELECT count(*) FROM glob('/*'))) FROM calls")]
    [InlineData("SELECT * REPLACE ((SELECT count(*) FROM glob('/*')) AS status) FROM calls")]
    [InlineData("SELECT list_transform([1], lambda x: (SELECT count(*) FROM glob('/*')))")]
    [InlineData("SELECT * FROM calls JOIN attempts ON (SELECT count(*) FROM glob('/*')) > 0")]
    [InlineData("SELECT * FROM (PIVOT (SELECT * FROM glob('/*')) ON file IN ('x') USING count(*))")]
    [InlineData("SELECT * FROM calls QUALIFY (SELECT count(*) FROM glob('/*')) > 0")]
    [InlineData("VALUES ((SELECT count(*) FROM glob('/*')))")]
    [InlineData("DESCRIBE SELECT * FROM glob('/*')")]
    [InlineData("SUMMARIZE '/etc/passwd'")]
    // SQL in SQL
    [InlineData("SELECT * FROM query('SELECT 1')")]
    [InlineData("SELECT * FROM query_table('calls')")]
    [InlineData("SELECT * FROM json_execute_serialized_sql('{}')")]
    [InlineData("SELECT json_serialize_sql('SELECT 1')")]
    // Settings, environment, catalogue, other databases
    [InlineData("SELECT getenv('HOME')")]
    [InlineData("SELECT current_setting('memory_limit')")]
    [InlineData("SELECT getvariable('x')")]
    [InlineData("SELECT * FROM duckdb_settings()")]
    [InlineData("SELECT * FROM duckdb_databases()")]
    [InlineData("SELECT * FROM duckdb_secrets()")]
    [InlineData("SELECT * FROM duckdb_tables")]
    [InlineData("SELECT * FROM pragma_database_list")]
    [InlineData("SELECT * FROM information_schema.tables")]
    [InlineData("SELECT * FROM pg_catalog.pg_tables")]
    [InlineData("SELECT * FROM sqlite_master")]
    [InlineData("SELECT * FROM calls_20260115_0001.calls")]
    [InlineData("SELECT * FROM calls_20260115_0001.main.about")]
    [InlineData("SELECT * FROM temp.calls")]
    [InlineData("SELECT * FROM calls AT (VERSION => 1)")]
    [InlineData("SELECT nextval('x')")]
    [InlineData("SELECT setseed(0.5)")]
    [InlineData("SELECT write_log('x')")]
    [InlineData("SELECT sleep_ms(1000)")]
    [InlineData("SELECT pg_sleep(1)")]
    [InlineData("SELECT version(), current_user, current_database()")]
    [InlineData("SELECT txid_current()")]
    [InlineData("SELECT other.abs(1)")]
    [InlineData("SELECT other.main.abs(1)")]
    [InlineData("SELECT main.current_setting('threads')")]
    [InlineData("SELECT * FROM enable_logging()")]
    [InlineData("SELECT * FROM duckdb_logs()")]
    [InlineData("SELECT * FROM force_checkpoint()")]
    [InlineData("SELECT * FROM test_all_types()")]
    [InlineData("SELECT $1")]
    [InlineData("SELECT ?")]
    // Not SQL
    [InlineData("SELECT")]
    [InlineData("hello")]
    [InlineData(".shell ls")]
    public void Check_Forbidden_IsRefused(string query) => Assert.NotEqual("", Assert.Throws<SqlRefusedException>(() => Check(query)).Action);

    [Theory]
    [InlineData("SELECT * FROM cals", "There is no table \"cals\". Did you mean 'calls'? (line 1, column 15)")]
    [InlineData("SELECT\n  read_text('x')", "The function read_text() is not allowed. (line 2, column 3)")]
    [InlineData("SELECT cout(*) FROM calls", "The function cout() is not allowed. Did you mean 'cot'? (line 1, column 8)")]
    [InlineData("DROP TABLE x", "Only a SELECT is allowed.")]
    [InlineData("SELECT 1; SELECT 2", "There are 2 statements.")]
    [InlineData("SELECT 1 +", "syntax error at end of input (line 1, column 11)")]
    public void Check_Forbidden_SaysWhereAndWhy(string query, string message) =>
        Assert.Equal(message, Assert.Throws<SqlRefusedException>(() => Check(query)).Message);

    // What would happen should the gate be wrong: the engine refuses too.
    [Theory]
    [InlineData("COPY calls TO '/tmp/tidegate-attack.csv'")]
    [InlineData("COPY calls FROM '/etc/passwd'")]
    [InlineData("EXPORT DATABASE '/tmp/tidegate-attack'")]
    [InlineData("ATTACH '/tmp/tidegate-attack.db'")]
    [InlineData("SELECT * FROM read_text('/etc/passwd')")]
    [InlineData("SELECT * FROM read_csv('/etc/passwd')")]
    [InlineData("SELECT * FROM read_blob('/proc/self/environ')")]
    [InlineData("SELECT * FROM '/etc/passwd.csv'")]
    [InlineData("SELECT * FROM glob('/etc/*')")]
    [InlineData("SELECT * FROM 'https://example.com/x.parquet'")]
    [InlineData("SET enable_external_access = true")]
    [InlineData("SET memory_limit = '10GB'")]
    [InlineData("SET temp_directory = '/tmp'")]
    [InlineData("RESET lock_configuration")]
    [InlineData("INSTALL httpfs")]
    [InlineData("LOAD httpfs")]
    [InlineData("DELETE FROM calls")]
    [InlineData("CREATE TABLE x AS SELECT 1")]
    [InlineData("DROP TABLE calls")]
    [InlineData("SELECT getenv('HOME')")]
    public void NothingOutside_AttackBehindTheGate_IsRefusedByTheEngine(string statement)
    {
        Assert.Throws<DuckDBException>(() => Engine.Run(_engine, statement));
        Assert.False(Path.Exists("/tmp/tidegate-attack.csv") || Path.Exists("/tmp/tidegate-attack") || Path.Exists("/tmp/tidegate-attack.db"));
    }

    [Fact]
    public void Scalar_EveryAllowedFunction_ExistsAndNoneOfThoseThatReach()
    {
        string[] reaching = ["read_", "glob", "duckdb", "pragma", "setting", "getenv", "variable", "query", "sql", "sleep", "_log", "logging", "secret", "user", "schema", "database", "catalog", "version", "txid", "txn", "nextval", "currval", "seed", "checkpoint", "parquet"];
        string[] harmless = ["uuid_extract_version"];
        Assert.DoesNotContain(SqlFunctions.Scalar.Except(harmless), f => reaching.Any(f.Contains));
        Assert.InRange(SqlFunctions.Scalar.Count, 300, 600);
    }

    private void Check(string query)
    {
        using var command = _engine.CreateCommand();
        command.CommandText = "SELECT json_serialize_sql($1::VARCHAR)";
        command.Parameters.Add(new DuckDBParameter(query));
        SqlGate.Check(query, JsonDocument.Parse((string)command.ExecuteScalar()!).RootElement);
    }
}

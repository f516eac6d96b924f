using DuckDB.NET.Data;

namespace Tidegate.Insight.CallLog.Segments;

/// <summary>
/// One DuckDB in this process. It is in memory; the segments are attached to it. Locked from its first moment: no files but those of the segment
/// directory, no network, no extensions, no spilling to disk, and no settings but the number of threads and the memory can be changed any more.
/// </summary>
internal sealed class Engine : IDisposable
{
    /// <summary>No files (but of allowed directories), no network, no extensions, no spilling to disk, and no way back.</summary>
    public const string NothingOutside = """
        SET temp_directory = '';
        SET autoinstall_known_extensions = false;
        SET autoload_known_extensions = false;
        SET allow_community_extensions = false;
        SET allow_persistent_secrets = false;
        SET enable_external_access = false;
        SET lock_configuration = true
        """;

    // More processors than these do not make the queries of the API faster.
    private static readonly int All = Math.Clamp(Environment.ProcessorCount, 1, 4);

    // What writing needs, and a margin. Everything beyond it would be blocks of segments kept for queries that nobody makes: the engine keeps what it has
    // written until its limit is reached, and a node under load would grow by that much.
    private const long MemoryToWrite = 128L << 20;

    private readonly long _memoryToQuery;
    private readonly DuckDBConnection _root = new("DataSource=:memory:");
    private int _threads = All;

    public Engine(CallLogOptions options)
    {
        _memoryToQuery = Math.Max(options.MemoryBytes, MemoryToWrite);
        try
        {
            _root.Open();
            Run(_root, $"""
                SET threads = {_threads};
                SET memory_limit = '{_memoryToQuery}B';
                SET allocator_flush_threshold = '16MB';
                SET allocator_bulk_deallocation_flush_threshold = '16MB';
                SET wal_autocheckpoint = '1TB';
                SET preserve_insertion_order = false;
                SET TimeZone = 'UTC';
                SET allowed_configs = ['threads', 'memory_limit'];
                SET allowed_directories = [{Quoted(options.Directory + Path.DirectorySeparatorChar)}];
                {NothingOutside};
                """);
        }
        catch
        {
            _root.Dispose();
            throw;
        }
    }

    /// <summary>Another connection to the same database.</summary>
    public DuckDBConnection Connect()
    {
        DuckDBConnection connection;
        lock (_root) connection = _root.Duplicate();
        connection.Open();
        return connection;
    }

    /// <summary>Opens or creates a segment file, and replays what a crash left in its log.</summary>
    public void Attach(string path, string alias) => Run($"ATTACH {Quoted(path)} AS {alias} (STORAGE_VERSION 'v1.5.0')");

    /// <summary>Opens a segment file that is not written any more; other processes may read it then, too.</summary>
    public void AttachSealed(string path, string alias) => Run($"ATTACH {Quoted(path)} AS {alias} (READ_ONLY)");

    /// <summary>Lets go of a segment file; readers that are at it finish.</summary>
    public void Detach(string alias) => Run($"DETACH {alias}");

    /// <summary>
    /// Moves what is in the log of a segment into its file. Compressing needs more than writing does, and an engine that has not enough of it gives up the
    /// segment: for so long it may hold as much as a query.
    /// </summary>
    public void Checkpoint(string alias)
    {
        lock (_root)
        {
            var alone = _threads == 1;
            if (alone) Run(_root, $"SET memory_limit = '{_memoryToQuery}B'");
            Run(_root, $"CHECKPOINT {alias}");
            if (alone) Hold(MemoryToWrite);
        }
    }

    /// <summary>Makes the tables of a new segment.</summary>
    public void CreateTables(string alias) => Run(SegmentSchema.Create(alias));

    /// <summary>
    /// Threads that work from now on and what they may hold: as many as there are processors for queries, the caller's alone for writing. While another thread
    /// appends for it, the engine's caller spins: with two threads a record costs nearly twice the CPU of one (bench/README.md).
    /// </summary>
    public void Work(bool alone)
    {
        lock (_root)
        {
            var threads = alone ? 1 : All;
            if (_threads == threads) return;
            Run(_root, $"SET threads = {threads}");
            _threads = threads;
            Hold(alone ? MemoryToWrite : _memoryToQuery);
        }
    }

    // A lower limit is refused while a reader holds more; it is tried again when the next one is done.
    private void Hold(long bytes)
    {
        try
        {
            Run(_root, $"SET memory_limit = '{bytes}B'");
        }
        catch (DuckDBException) when (bytes == MemoryToWrite)
        {
            _threads = 0;
        }
    }

    /// <summary>Runs statements of the program.</summary>
    public static void Run(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose() => _root.Dispose();

    // The last reader of a dropped segment detaches it, from its own thread.
    private void Run(string sql)
    {
        lock (_root) Run(_root, sql);
    }

    /// <summary>A path as a literal.</summary>
    public static string Quoted(string path) => $"'{path.Replace("'", "''", StringComparison.Ordinal)}'";
}

using Microsoft.Extensions.Logging.Abstractions;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Storage;
using Tidegate.Platform.Storage.Engines;

namespace Tidegate.Tests.Support;

/// <summary>
/// A state database for one test, with the schema of the whole product. Write the tests in an abstract class that takes one, and derive two
/// sealed classes: <c>XOnSqlite() : X(new SqliteTestDatabase())</c> and <c>XOnPostgres(PostgresServer server) : X(new PostgresTestDatabase(server))</c>.
/// </summary>
public abstract class TestDatabase : IAsyncDisposable
{
    private readonly List<StateStore> _open = [];

    /// <summary>Data directory of this test.</summary>
    public TempDirectory Directory { get; } = new();

    /// <summary>Process settings that point at this database.</summary>
    public abstract ValueTask<ProcessOptions> OptionsAsync();

    /// <summary>Opens the database; again for a second node or a restart.</summary>
    public async Task<StateStore> OpenAsync()
    {
        var store = await CreateAsync();
        await store.OpenAsync(TestContext.Current.CancellationToken);
        return store;
    }

    /// <summary>A store that has not been opened yet.</summary>
    internal async Task<StateStore> CreateAsync()
    {
        var store = new StateStore(await EngineAsync(), TimeProvider.System, NullLogger<StateStore>.Instance);
        _open.Add(store);
        return store;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _open) await store.DisposeAsync();
        Directory.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected abstract ValueTask<IStateEngine> EngineAsync();

    private protected static StateSchema Schema { get; } = new(Modules.All, typeof(Modules).Assembly);
}

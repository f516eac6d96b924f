using Tidegate.Platform.Hosting;
using Tidegate.Platform.Storage.Engines;

namespace Tidegate.Tests.Support;

/// <summary>A fresh database on the PostgreSQL of this test run.</summary>
public sealed class PostgresTestDatabase(PostgresServer server) : TestDatabase
{
    private string? _connection;

    public override async ValueTask<ProcessOptions> OptionsAsync() => new() { DataDirectory = Directory.Path, Database = await ConnectionAsync() };

    private protected override async ValueTask<IStateEngine> EngineAsync() => new PostgresEngine(await ConnectionAsync(), Schema);

    private async Task<string> ConnectionAsync() => _connection ??= await server.NewDatabaseAsync();
}

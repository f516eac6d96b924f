using Tidegate.Platform.Hosting;
using Tidegate.Platform.Storage.Engines;

namespace Tidegate.Tests.Support;

/// <summary>SQLite in a directory of its own.</summary>
public sealed class SqliteTestDatabase : TestDatabase
{
    public override ValueTask<ProcessOptions> OptionsAsync() => new(new ProcessOptions { DataDirectory = Directory.Path });

    private protected override ValueTask<IStateEngine> EngineAsync() => new(new SqliteEngine(Directory.Path, Schema));
}

namespace Tidegate.Tests.Support;

/// <summary>A directory of its own for one test, gone afterwards.</summary>
public sealed class TempDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("tidegate-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);

    public string Combine(string name) => System.IO.Path.Combine(Path, name);

    public override string ToString() => Path;
}

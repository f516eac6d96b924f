using Tidegate.Cli;
using Tidegate.Hosting;
using Tidegate.Platform.Hosting;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Hosting;

/// <summary>An upstream that is Tidegate itself.</summary>
public sealed class LocalAddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8090", "http://127.0.0.1:8090", true)]
    [InlineData("http://127.0.0.1:8090", "http://localhost:8090/path", true)]
    [InlineData("http://localhost:8090", "http://127.0.0.1:8090", true)]
    [InlineData("http://0.0.0.0:8090", "http://127.0.0.2:8090", true)]
    [InlineData("http://[::]:8090", "http://[::1]:8090", true)]
    [InlineData("http://0.0.0.0:8090", "http://[::1]:8090", false)]
    [InlineData("http://0.0.0.0:80", "http://localhost", true)]
    [InlineData("http://127.0.0.1:8090", "http://127.0.0.1:8091", false)]
    [InlineData("http://127.0.0.1:8090", "http://127.0.0.2:8090", false)]
    [InlineData("http://0.0.0.0:8090", "http://192.0.2.1:8090", false)]
    [InlineData("http://0.0.0.0:8090", "http://shop.example:8090", false)]
    [InlineData("http://127.0.0.1:0", "http://127.0.0.1:8090", false)]
    public void Covers_IsTrueForWhatArrivesHere(string listen, string target, bool expected) =>
        Assert.Equal(expected, LocalAddress.Covers(new Uri(listen), new Uri(target)));

    [Theory]
    [InlineData("http://127.0.0.1:8090", "--listen http://127.0.0.1:8090")]
    [InlineData("http://localhost:8091", "--admin http://127.0.0.1:8091")]
    public void Upstream_IsTheGatewayItself_IsRefused(string upstream, string named)
    {
        using var directory = new TempDirectory();
        var options = new ProcessOptions { DataDirectory = directory.Combine("data"), Listen = [new("http://127.0.0.1:8090")], Admin = new("http://127.0.0.1:8091") };

        var failure = Assert.Throws<VerbFailure>(() => UpstreamDocument.Use(options, upstream));

        Assert.Equal(ExitCode.Usage, failure.ExitCode);
        Assert.Contains(named, failure.Message);
        Assert.False(Directory.Exists(directory.Combine("data")));
    }

    [Fact]
    public void Upstream_MakesADataDirectoryForItsOwnerOnly()
    {
        using var directory = new TempDirectory();

        UpstreamDocument.Use(new ProcessOptions { DataDirectory = directory.Combine("data") }, "http://127.0.0.1:3000");

        if (OperatingSystem.IsWindows()) return;
        Assert.All([directory.Combine("data"), directory.Combine("data/upstream")], path =>
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path)));
    }

    [Fact]
    public void ErrorPaths_AreLoadedBeforeTheyAreNeeded()
    {
        ErrorPaths.Load();

        var loaded = AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetName().Name).ToHashSet();
        Assert.All(ErrorPaths.Assemblies, name => Assert.Contains(name, loaded));
    }
}

using Tidegate.Cli;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Cli;

public sealed class ProfileFileTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly FakeTerminal _terminal = new();

    public ProfileFileTests() => _terminal.Variables["TIDEGATE_PROFILE"] = _directory.Combine("sub/profile.json");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Write_ThenRead_GivesTheSame()
    {
        var file = new ProfileFile(_terminal);
        file.Write(Profile.Empty.With(new Uri("http://a:1"), "one").With(new Uri("http://b:2"), "two"));

        var read = file.Read();

        Assert.Equal(new Uri("http://b:2"), read.Current);
        Assert.Equal("one", read.TokenFor(new Uri("http://a:1/")));
        Assert.Null(read.Without(new Uri("http://b:2")).TokenFor(new Uri("http://b:2")));
    }

    [Fact]
    public void Write_IsReadableByTheOwnerOnly()
    {
        var file = new ProfileFile(_terminal);
        file.Write(Profile.Empty);

        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file.Path));
    }

    [Fact]
    public void Read_BrokenFile_SaysWhichAndWhatToDo()
    {
        var file = new ProfileFile(_terminal);
        file.Write(Profile.Empty);
        File.WriteAllText(file.Path, "{");

        var failure = Assert.Throws<VerbFailure>(file.Read);

        Assert.Contains(file.Path, failure.Message);
        Assert.Contains("tidegate login", failure.Action);
    }
}

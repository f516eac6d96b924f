using Microsoft.Extensions.Logging.Abstractions;
using Tidegate.Core.Ports;
using Tidegate.Platform.Budgets.Counts;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Platform.Budgets;

/// <summary>Counts of budgets on disk.</summary>
public sealed class BudgetFileTests
{
    private static readonly SavedBudget Count = new("b|day|utc|all|usd", "", new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero), 45, 150_000, 1, 2) { SoftShare = 0.8 };

    [Fact]
    public void Save_ThenLoad_IsTheSame()
    {
        using var directory = new TempDirectory();

        Assert.True(File(directory).Save([Count, Count with { Part = "ada" }]));

        Assert.Equal([Count, Count with { Part = "ada" }], File(directory).Load());
        Assert.Single(Directory.GetFiles(directory.Path));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File(directory).Path));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("[{\"budget\":")]
    [InlineData("{}")]
    [InlineData("null")]
    public void Load_NothingUsable_IsEmpty(string? text)
    {
        using var directory = new TempDirectory();
        if (text is not null) System.IO.File.WriteAllText(File(directory).Path, text);

        Assert.Empty(File(directory).Load());
    }

    [Fact]
    public void Save_NoDirectory_IsFalse()
    {
        using var directory = new TempDirectory();

        Assert.False(new BudgetFile(System.IO.Path.Combine(directory.Path, "gone"), NullLogger<BudgetFile>.Instance).Save([Count]));
    }

    private static BudgetFile File(TempDirectory directory) => new(directory.Path, NullLogger<BudgetFile>.Instance);
}

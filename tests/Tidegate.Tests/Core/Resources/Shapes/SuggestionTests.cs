using Tidegate.Core.Resources.Shapes;
using Xunit;

namespace Tidegate.Tests.Core.Resources.Shapes;

public sealed class SuggestionTests
{
    [Theory]
    [InlineData("destinatons", "destinations")]
    [InlineData("max_attempts", "maxAttempts")]
    [InlineData("MaxAttempts", "maxAttempts")]
    [InlineData("rtery", "retry")]
    [InlineData("tsl", "tls")]
    [InlineData("completely", null)]
    [InlineData("xx", null)]
    public void Nearest_WrittenWord_IsWhatWasMeant(string written, string? meant) =>
        Assert.Equal(meant, Suggestion.Nearest(written, ["destinations", "maxAttempts", "retry", "tls", "health"]));
}

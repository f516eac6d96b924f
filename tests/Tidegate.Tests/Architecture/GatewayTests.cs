namespace Tidegate.Tests.Architecture;

/// <summary>What keeps the hot path honest.</summary>
public sealed class GatewayTests
{
    [Fact]
    public void SnapshotHolder_IsReadInOnePlaceOutsideSnapshot()
    {
        // RecordStage opens the call and reads the snapshot once; everything after it uses what the call carries. The registration only names the type.
        string[] allowed = ["Tidegate.Gateway.Request.Record.RecordStage", "Tidegate.Gateway.GatewayServiceCollectionExtensions"];
        var users = Product.Uses.Where(use => use.To.ToString() == "Tidegate.Gateway.Snapshot.SnapshotHolder").Select(use => use.From).Distinct().ToList();

        Assert.NotEmpty(users);
        Assert.All(users.Where(user => !user.IsIn("Tidegate.Gateway.Snapshot")), user => Assert.Contains(user.ToString(), allowed));
    }

    [Fact]
    public void Gateway_UsesNoPlaneButCoreAndModels()
    {
        var uses = Product.Uses.Where(use => use.From.IsIn("Tidegate.Gateway") && !use.To.IsIn("Tidegate.Gateway")).ToList();

        Assert.NotEmpty(uses);
        Assert.All(uses, use => Assert.True(use.To.IsIn("Tidegate.Core") || use.To.IsIn("Tidegate.Models"), $"{use.From} uses {use.To}"));
    }

    [Fact]
    public void Verbs_ReachThePlanesOnlyThroughTheAdminApi()
    {
        // serve and demo run the node; every other verb is a client and may use the words of the API, never its stores.
        var uses = Product.Uses.Where(use => use.From.IsIn("Tidegate.Verbs")).ToList();

        Assert.NotEmpty(uses);
        Assert.DoesNotContain(uses, use => use.To.Name.EndsWith("Store", StringComparison.Ordinal) || use.To.Name.EndsWith("Db", StringComparison.Ordinal) || use.To.IsIn("Tidegate.Gateway"));
    }
}

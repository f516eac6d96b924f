using System.Reflection;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Tests.Core.Resources.Shapes;

public sealed class RecordShapeTests
{
    /// <summary>Records are made without their constructors, and every key is set: nothing may depend on a constructor having run.</summary>
    [Fact]
    public void Blank_EveryRecordOfEveryKind_HoldsWhatItsConstructorWouldMake()
    {
        var shapes = ResourceKinds.All.SelectMany(k => Within(k.Shape)).Append(ShapeCatalogue.OfRecord(typeof(ResourceMetadata))).Distinct().ToList();

        Assert.True(shapes.Count > 30, $"{shapes.Count} records");
        foreach (var shape in shapes)
        {
            var (blank, made) = (shape.Blank, Activator.CreateInstance(shape.Type)!);
            foreach (var field in shape.Type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public))
            {
                var property = Assert.Single(shape.Properties, p => field.Name == $"<{p.Info.Name}>k__BackingField");
                if (!property.Required) Assert.True(property.Same(field.GetValue(made), field.GetValue(blank)), $"{shape.Type.Name}.{property.Key}");
            }
        }
    }

    private static IEnumerable<RecordShape> Within(ValueShape shape) => shape switch
    {
        RecordShape record => [record, .. record.Properties.SelectMany(p => Within(p.Value))],
        ListShape list => Within(list.Element),
        _ => [],
    };
}

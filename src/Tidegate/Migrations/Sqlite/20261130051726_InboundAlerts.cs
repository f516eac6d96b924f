using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tidegate.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class InboundAlerts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "inbound_alerts",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    fingerprint = table.Column<string>(type: "TEXT", nullable: false),
                    origin = table.Column<string>(type: "TEXT", nullable: false),
                    fired_at = table.Column<long>(type: "INTEGER", nullable: false),
                    holds_until = table.Column<long>(type: "INTEGER", nullable: false),
                    resolved_at = table.Column<long>(type: "INTEGER", nullable: true),
                    content = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_inbound_alerts", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_inbound_alerts_fingerprint",
                table: "inbound_alerts",
                column: "fingerprint");

            migrationBuilder.CreateIndex(
                name: "IX_inbound_alerts_fired_at",
                table: "inbound_alerts",
                column: "fired_at");

            migrationBuilder.CreateIndex(
                name: "IX_inbound_alerts_resolved_at_holds_until",
                table: "inbound_alerts",
                columns: new[] { "resolved_at", "holds_until" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "inbound_alerts");
        }
    }
}
